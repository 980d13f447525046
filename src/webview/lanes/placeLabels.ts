// Finds room for the words of arrows: above them, or else below, by their neighbours alone so that nothing jumps.

/** Something at a height that takes room: an arrow, or the edge of a block. */
export interface Placed {
  /** CSS pixels, rising. */
  readonly px: number
  /** It has words that want to be drawn; `must`: over whatever is there. */
  readonly words: 'none' | 'wanted' | 'must'
  /** To where it reaches, where it is no line. */
  readonly untilPx?: number
}

export type LabelPlace = 'above' | 'below' | null

/** Of a line of words, with what keeps it off the next arrow. */
const abovePx = 15
const belowPx = 17

export function placeLabels(items: readonly Placed[]): readonly LabelPlace[] {
  const places = items.map(({ px, words, untilPx }, index): LabelPlace => {
    if (words === 'none') return null
    const before = items[index - 1]
    const after = items[index + 1]
    const freeAbove = px - (before ? (before.untilPx ?? before.px) : Number.NEGATIVE_INFINITY)
    if (freeAbove >= abovePx) return 'above'
    const freeBelow = (after?.px ?? Number.POSITIVE_INFINITY) - (untilPx ?? px)
    const ofNext = after && after.words !== 'none' && freeBelow >= abovePx ? abovePx : 0
    if (freeBelow >= belowPx + ofNext) return 'below'
    return words === 'must' ? 'above' : null
  })
  items.forEach(({ px, words }, index) => {
    if (words === 'must' && places[index] === 'above') clearAbove(items, places, index, px)
  })
  return places
}

/** What must be told has its room for itself. */
function clearAbove(
  items: readonly Placed[],
  places: LabelPlace[],
  index: number,
  px: number,
): void {
  for (let at = index - 1; at >= 0; at--) {
    const before = items[at]
    if (!before || px - before.px >= abovePx + belowPx) return
    const isInWay = places[at] === 'below' || px - before.px < abovePx
    if (isInWay && before.words !== 'must') places[at] = null
  }
}
