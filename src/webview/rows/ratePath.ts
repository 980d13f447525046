// The shape of a tiny graph: a bar for each count, as the path of an SVG.

export const heightPx = 16
/** From one bar to the next. */
export const barPx = 3
/** Of a bin that has any. */
const leastPx = 1

/** Heights go with the counts; what is rare is seen. */
export function ratePath(counts: readonly number[]): string {
  const most = Math.max(1, ...counts)
  return counts
    .map((count, bin) => {
      if (count === 0) return ''
      const height = Math.max(leastPx, Math.round((count / most) * heightPx))
      return `M${bin * barPx} ${heightPx}v-${height}h${barPx - 1}v${height}z`
    })
    .join('')
}
