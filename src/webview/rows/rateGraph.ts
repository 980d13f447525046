// A tiny graph of a run's rate: a bar for each bin of time, drawn as one path.

const namespace = 'http://www.w3.org/2000/svg'
const heightPx = 16
/** Of a bin that has any. */
const leastPx = 1
const barPx = 3

export interface RateGraph {
  readonly root: SVGSVGElement
  /** Null draws nothing. */
  paint(counts: readonly number[] | null): void
}

/** Its words are the row's: screen readers pass it over. */
export function createRateGraph(): RateGraph {
  const root = document.createElementNS(namespace, 'svg')
  root.classList.add('rate')
  root.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(namespace, 'path')
  root.append(path)
  let drawn = ''
  root.style.display = 'none'
  return {
    root,
    paint(counts) {
      const shape = counts === null ? '' : ratePath(counts)
      if (shape === drawn) return
      drawn = shape
      root.style.display = shape === '' ? 'none' : ''
      path.setAttribute('d', shape)
      if (counts === null) return
      root.setAttribute('viewBox', `0 0 ${counts.length * barPx} ${heightPx}`)
      root.setAttribute('width', String(counts.length * barPx))
    },
  }
}

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
