// Measures, cuts, centres and folds text in terminal columns rather than in characters.

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// East Asian Wide and Fullwidth blocks. [unicode] UAX #11
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u
const zero = /[\p{Mark}\u200b-\u200f]/gu

// Latin letters and the marks that `describe` sets: a column each, so nothing needs to be segmented.
const plain = /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2190-\u21ff\u2400-\u2421\u2715]*$/

/** How many columns a terminal gives the text. */
export function columnsOf(text: string): number {
  if (plain.test(text)) return text.length
  let columns = 0
  for (const { segment } of graphemes.segment(text)) columns += graphemeColumns(segment)
  return columns
}

/** At most `columns` columns of the text, `…` in the last one where something was cut. */
export function cutColumns(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text
  return `${takeColumns(text, columns - 1)}…`
}

/** The text with `fill` on both sides up to `columns` columns; the odd one goes to the right. */
export function centre(text: string, columns: number, fill = ' '): string {
  const free = Math.max(0, columns - columnsOf(text))
  const left = Math.floor(free / 2)
  return `${fill.repeat(left)}${text}${fill.repeat(free - left)}`
}

/** The text with spaces after it up to `columns` columns. */
export function padColumns(text: string, columns: number, fill = ' '): string {
  return `${text}${fill.repeat(Math.max(0, columns - columnsOf(text)))}`
}

/** The text in lines of at most `columns` columns, broken at spaces; what exceeds `lines` is cut. */
export function fold(text: string, columns: number, lines: number): string[] {
  const folded: string[] = []
  let rest = text.trim()
  while (columnsOf(rest) > columns && folded.length < lines - 1) {
    const head = takeColumns(rest, columns + 1)
    const space = head.lastIndexOf(' ')
    const line = space > 0 ? head.slice(0, space) : takeColumns(rest, columns)
    folded.push(line.trimEnd())
    rest = rest.slice(line.length).trimStart()
  }
  if (rest !== '') folded.push(cutColumns(rest, columns))
  return folded
}

function takeColumns(text: string, columns: number): string {
  if (plain.test(text)) return text.slice(0, columns)
  let taken = ''
  let used = 0
  for (const { segment } of graphemes.segment(text)) {
    used += graphemeColumns(segment)
    if (used > columns) break
    taken += segment
  }
  return taken
}

function graphemeColumns(segment: string): number {
  if (wide.test(segment)) return 2
  // Letters of India, Thailand and Laos that are cut as one still stand side by side.
  return [...segment.replace(zero, '')].length
}
