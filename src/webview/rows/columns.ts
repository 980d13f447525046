// The columns beside the lifelines: as wide as what stands in them, so that the room goes to the words between.

/** Places of the two lifelines and the width of the notes right of them, in px from the left of the rows. */
export interface Columns {
  readonly clientPx: number
  readonly serverPx: number
  readonly notePx: number
}

/** What stands in the outer columns, in characters. */
export interface ColumnNeeds {
  readonly timeChars: number
  readonly noteChars: number
}

export const noNeeds: ColumnNeeds = { timeChars: 0, noteChars: 0 }

/** As the user has drawn them, in px from a lifeline to its edge of the rows; null: as wide as what stands in it. */
export interface ChosenColumns {
  readonly timesPx: number | null
  readonly notesPx: number | null
}

/** Free left of a time, where bookmarks stand, and right of it, where brackets are drawn. */
const timePaddingPx = 16 + 18
/** Free left of a note and right of it, where the scroll bar is. */
const notePaddingPx = 10 + 18
/** Even if all that is seen is shorter: ten seconds or a megabyte move nothing where there is room for them. */
const leastChars: ColumnNeeds = { timeChars: 9, noteChars: 8 }
const leastNarrowChars: ColumnNeeds = { timeChars: 7, noteChars: 7 }
const narrowPx = 500
/** What is longer is cut, and told in a tooltip. */
const mostChars: ColumnNeeds = { timeChars: 13, noteChars: 20 }
/** Of the whole width, so that narrow timelines keep room for words. */
const mostShare = 0.27
const mostChosenShare = 0.4
/** Of a column that the user has drawn: what is left of it can be caught again. */
const leastChosenPx = 24
/** No line of words is read that is longer, and what belongs to it stands far off: so if the user has not drawn it. */
const widestLanePx = 1800

/** What has been seen up to now with what is seen: columns get wider, and do not go to and fro. */
export function addNeeds(known: ColumnNeeds, seen: ColumnNeeds): ColumnNeeds {
  const timeChars = Math.max(known.timeChars, seen.timeChars)
  const noteChars = Math.max(known.noteChars, seen.noteChars)
  const isKnown = timeChars === known.timeChars && noteChars === known.noteChars
  return isKnown ? known : { timeChars, noteChars }
}

/** `letterPx`: width of a character of the rows' font. */
export function columnsFor(
  widthPx: number,
  letterPx: number,
  needs: ColumnNeeds,
  chosen: ChosenColumns,
): Columns {
  const mostPx = Math.floor(widthPx * mostShare)
  const least = widthPx < narrowPx ? leastNarrowChars : leastChars
  const width = (name: keyof ColumnNeeds, paddingPx: number) => {
    const chars = Math.min(mostChars[name], Math.max(least[name], needs[name]))
    return Math.min(mostPx, Math.ceil(chars * letterPx) + paddingPx)
  }
  const clientPx = limited(chosen.timesPx, widthPx) ?? width('timeChars', timePaddingPx)
  const notePx = limited(chosen.notesPx, widthPx) ?? width('noteChars', notePaddingPx)
  const mostServerPx = chosen.notesPx === null ? clientPx + widestLanePx : widthPx
  return { clientPx, notePx, serverPx: Math.min(widthPx - notePx, mostServerPx) }
}

function limited(chosenPx: number | null, widthPx: number): number | null {
  if (chosenPx === null) return null
  return Math.max(leastChosenPx, Math.min(chosenPx, Math.floor(widthPx * mostChosenShare)))
}
