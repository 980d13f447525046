// Measures, cuts and fills text in columns of a fixed font rather than in characters.

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

// East Asian Wide and Fullwidth blocks. [unicode] UAX #11
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18cff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}|\ufe0f/u
const zero = /[\p{Mark}\u200b-\u200f]/gu

// Latin letters and the marks that `describe` sets: a column each, so nothing needs to be segmented.
const plain = /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u2190-\u21ff\u2400-\u2421\u2715]*$/

/** Whether each character of the text is as wide as every other in a fixed font. */
export function isLatin(text: string): boolean {
  return plain.test(text)
}

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

/** The text with spaces after it up to `columns` columns. */
export function padColumns(text: string, columns: number, fill = ' '): string {
  return `${text}${fill.repeat(Math.max(0, columns - columnsOf(text)))}`
}

/** What fits in `columns` columns. */
export function takeColumns(text: string, columns: number): string {
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
