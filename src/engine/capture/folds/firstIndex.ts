// Binary search, for lists whose order tells where to look.

/**
 * The first index from `low` at which `reached` is true; `high` when it is at none before that. Once true
 * it must be true at all later ones.
 */
export function firstIndex(low: number, high: number, reached: (index: number) => boolean): number {
  let from = low
  let to = high
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (reached(middle)) to = middle
    else from = middle + 1
  }
  return from
}
