// A JSON value in a few words, as a row shows it: its beginning, names unquoted, cut in depth and length.

import { cutText } from '../../../shared/text/visibleText.ts'
import { isRecord } from '../../../shared/unknown.ts'

/** Below it lists and objects are told as `[…]` and `{…}`. */
const depthShown = 3

type Words = (value: Readonly<Record<string, unknown>>) => string | null

/**
 * `{city: "Oslo", days: [1, 2, …]}`, at most `chars` characters. Reads no more of the value than it shows. An object for
 * which there are `words` is told by them.
 */
export function shortJson(value: unknown, chars: number, words: Words = () => null): string {
  return cutText(write(value, chars, depthShown, words), chars)
}

function write(value: unknown, chars: number, depth: number, words: Words): string {
  if (typeof value === 'string') return JSON.stringify(cutText(value, chars))
  if (Array.isArray(value)) return writeArray(value, chars, depth, words)
  if (!isRecord(value)) return String(value)
  return words(value) ?? writeObject(value, chars, depth, words)
}

function writeArray(value: readonly unknown[], chars: number, depth: number, words: Words): string {
  if (value.length === 0) return '[]'
  if (depth === 0) return '[…]'
  let text = '['
  for (const item of value) {
    if (text !== '[') text += ', '
    if (text.length > chars) return `${text}…]`
    text += write(item, chars + 1 - text.length, depth - 1, words)
  }
  return `${text}]`
}

/** A list of its names would be as large as the object itself. */
function writeObject(
  value: Readonly<Record<string, unknown>>,
  chars: number,
  depth: number,
  words: Words,
): string {
  let text = '{'
  for (const name in value) {
    if (depth === 0) return '{…}'
    if (text !== '{') text += ', '
    if (text.length > chars) return `${text}…}`
    const room = chars + 1 - text.length
    text += `${writeName(name, room)}: ${write(value[name], room, depth - 1, words)}`
  }
  return `${text}}`
}

function writeName(name: string, chars: number): string {
  return /^[\w$.-]{1,60}$/.test(name) ? name : JSON.stringify(cutText(name, chars))
}
