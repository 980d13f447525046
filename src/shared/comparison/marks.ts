// The best and the worst of some costs, where they differ by more than chance.

export type Mark = 'best' | 'worst'

/** Of what is as good as the best by so much, the difference is told by the figure alone. */
const alikeShare = 1.2
/** Less than twice the best is not bad. */
const worseTimes = 2

/** The lower, the better; null of what nobody knows. `slack`: so much more is no difference. */
export function marksOf(
  costs: readonly (number | null)[],
  slack: number,
): readonly (Mark | null)[] {
  const known = costs.filter((cost) => cost !== null)
  const best = Math.min(...known)
  const most = Math.max(...known)
  const isWorse = (cost: number) => cost > Math.max(best * worseTimes, best + slack)
  if (known.length < 2 || !isWorse(most)) return costs.map(() => null)
  return costs.map((cost) => {
    if (cost === null) return null
    if (cost <= Math.max(best * alikeShare, best + slack)) return 'best'
    return isWorse(cost) && cost * alikeShare >= most ? 'worst' : null
  })
}
