// Text from a peer made safe to show: nothing in it can move a cursor, turn the line around or hide.

// Looks for what a terminal or a text layout would obey instead of showing: C0 and C1 controls,
// line and paragraph separators, directional marks and overrides, invisible spaces, tags.
// The zero-width joiner stays, for emoji and scripts need it.
const unsafe =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is sought
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu

/** Most text of most protocols: there is nothing to replace. */
const plain = /^[\x20-\x7e]*$/

/** C0 controls become their pictures (`␊`), the others their code (`\u202e`); lone surrogates `�`. */
export function visibleText(text: string): string {
  if (plain.test(text)) return text
  return text.toWellFormed().replace(unsafe, (character) => {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x20) return String.fromCodePoint(0x2400 + code)
    if (code === 0x7f) return '\u2421'
    const hex = code.toString(16)
    return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
  })
}

/** The same line by line: its line breaks stay. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n')
}

/** At most `length` UTF-16 units, the last of them `…` where something was cut; pairs stay whole. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text
  const end = Math.max(0, length - 1)
  const splitsPair = /[\ud800-\udbff]/.test(text.charAt(end - 1))
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`
}
