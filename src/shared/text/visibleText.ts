// Makes text from a peer safe to show: nothing in it can move the cursor, reverse the line or hide.

import { shownLimits } from '../limits.ts'

/**
 * What a terminal or a text layout obeys, or leaves out, instead of showing it: controls, separators of lines
 * and paragraphs, halves of pairs, marks of annotations, and what Unicode lets a font ignore: directional
 * marks and overrides, invisible spaces and fillers, joiners, variation selectors, tags.
 */
export const unseenClass =
  '\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u{fff9}-\\u{fffb}'

/** Scripts whose letters joiners shape. Elsewhere joiners only make equal-looking words differ. */
const shapedLetter =
  '[[\\p{L}\\p{M}]--[\\p{Default_Ignorable_Code_Point}\\p{sc=Latn}\\p{sc=Grek}\\p{sc=Cyrl}\\p{sc=Zinh}\\p{sc=Hani}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Hang}]]'

// [unicode] UTS #51 ED-14: the flags of England, Scotland and Wales, in tags.
const tagged = ['gbeng', 'gbsct', 'gbwls'].map((region) =>
  [...region].map((letter) => `\\u{${(0xe0000 + letter.charCodeAt(0)).toString(16)}}`).join(''),
)

/** Invisible characters that are needed where they stand; these stay. */
const needed = [
  // Emoji: how it is drawn, a key's cap, a group.
  '(?<=\\p{Extended_Pictographic})[\\u{fe0e}\\u{fe0f}]',
  '(?<=[0-9#*])\\u{fe0f}(?=\\u{20e3})',
  '(?<=\\p{Extended_Pictographic}|\\p{Extended_Pictographic}\\u{fe0f}|\\p{Emoji_Modifier})\\u{200d}(?=\\p{Extended_Pictographic})',
  `(?<=\\u{1f3f4})(?:${tagged.join('|')})\\u{e007f}`,
  // [unicode] UAX #31 2.3: joiners in scripts whose letters they shape.
  `(?<=${shapedLetter})[\\u{200c}\\u{200d}]`,
  // Variants of Han characters and of Mongolian letters.
  '(?<=\\p{sc=Hani})[\\u{fe00}-\\u{fe02}\\u{e0100}-\\u{e01ef}]',
  '(?<=[\\p{sc=Mong}&&\\p{L}])[\\u{180b}-\\u{180d}\\u{180f}]',
].join('|')

// Most texts have no other characters than these, which takes a third of the time to see.
const others =
  /[^\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u05f4\u2010-\u2027\u2030-\u205e\u2070-\u3163\u3165-\ud7a3]/
const anyUnseen = new RegExp(`[${unseenClass}]`, 'v')
const unseenOrNeeded = new RegExp(`(?<needed>${needed})|[${unseenClass}]`, 'gv')

/** Looking at the neighbours of each character takes ten times as long. */
function hasUnseen(text: string): boolean {
  return others.test(text) && anyUnseen.test(text)
}

/** C0 controls become their pictures (`␊`), the others their code (`\u202e`); lone surrogates `�`. */
export function visibleText(text: string): string {
  if (!hasUnseen(text)) return text
  return text.replace(unseenOrNeeded, (found: string, kept: string | undefined) => {
    return kept === undefined ? visibleCharacter(found) : found
  })
}

function visibleCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  if (code === 0x7f) return '\u2421'
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'
  const hex = code.toString(16)
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`
}

/** The same line by line: its line breaks stay. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visibleText).join('\n')
}

/** One line for a title, a message, a list: visible, and cut where a peer made it long. */
export function visibleLine(text: string, chars: number = shownLimits.lineChars): string {
  return cutText(visibleText(cutText(text, chars)), chars)
}

/** A part of a text as it is drawn; `hidden` is what it stands for, null where it is the text itself. */
export interface VisiblePart {
  readonly shown: string
  readonly hidden: string | null
}

/**
 * A text of many lines in parts, so that what is made visible can be told from the rest; line breaks and tabs
 * stay. Beyond `most` all of it is one part.
 */
export function visibleParts(
  text: string,
  most: number = shownLimits.textParts,
): readonly VisiblePart[] {
  if (!hasUnseen(text)) return [{ shown: text, hidden: null }]
  const parts: VisiblePart[] = []
  let end = 0
  for (const { 0: found, index, groups } of text.matchAll(unseenOrNeeded)) {
    const stays = groups?.needed !== undefined || /[\n\t]/.test(found)
    if (stays || (found === '\r' && text.charAt(index + 1) === '\n')) continue
    const last = parts.at(-1)
    const shown = visibleCharacter(found)
    if (last && last.hidden !== null && index === end) {
      parts.splice(-1, 1, { shown: last.shown + shown, hidden: last.hidden + found })
    } else {
      if (index > end) parts.push({ shown: text.slice(end, index), hidden: null })
      parts.push({ shown, hidden: found })
    }
    end = index + found.length
    if (parts.length > most) return [{ shown: visibleTextLines(text), hidden: null }]
  }
  if (end < text.length) parts.push({ shown: text.slice(end), hidden: null })
  return parts
}

function visibleTextLines(text: string): string {
  return text
    .split(/(\r?\n|\t)/)
    .map((part, i) => (i % 2 === 0 ? visibleText(part) : part))
    .join('')
}

/** At most `length` UTF-16 units, the last of them `…` where something was cut; pairs stay whole. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text
  return `${wholePairs(text, Math.max(0, length - 1))}…`
}

/** The text's first `length` UTF-16 units; one less where the last of them is the first half of a pair. */
export function wholePairs(text: string, length: number): string {
  const last = length < text.length ? text.charCodeAt(length - 1) : 0
  const splitsPair = last >= 0xd800 && last <= 0xdbff
  return text.slice(0, splitsPair ? length - 1 : length)
}

/** JSON in which these characters are escaped, so that a terminal obeys none; the value stays the same. */
export function visibleJson(json: string): string {
  if (!others.test(json) || !unseenInJson.test(json)) return json
  return json.replace(allUnseenInJson, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}

// JSON.stringify escapes C0 controls and halves of pairs; what is neither in a string is white space.
const unseenInJson = new RegExp(`[[${unseenClass}]--[\\u{0}-\\u{1f}]]`, 'v')
const allUnseenInJson = new RegExp(unseenInJson.source, 'gv')

/** Tab, line feed, form feed, carriage return and escape are seen in texts; the other C0 controls are not. */
export function hasBinaryControls(text: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is sought
  return /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f]/.test(text)
}
