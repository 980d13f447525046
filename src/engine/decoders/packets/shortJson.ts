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
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return depth === 0
      ? '[…]'
      : `[${writeItems(value.length, chars, (i, room) => write(value[i], room, depth - 1, words))}]`
  }
  if (!isRecord(value)) return String(value)
  return words(value) ?? writeObject(value, chars, depth, words)
}

function writeObject(
  value: Readonly<Record<string, unknown>>,
  chars: number,
  depth: number,
  words: Words,
): string {
  const names: string[] = []
  // A large object has a list of names as large as it.
  for (const name in value) {
    if (names.push(name) > chars / 4) break
  }
  if (names.length === 0) return '{}'
  if (depth === 0) return '{…}'
  const items = writeItems(names.length, chars, (i, room) => {
    const name = names[i] as string
    return `${writeName(name, room)}: ${write(value[name], room, depth - 1, words)}`
  })
  return `{${items}}`
}

function writeName(name: string, chars: number): string {
  return /^[\w$.-]{1,60}$/.test(name) ? name : JSON.stringify(cutText(name, chars))
}

/** As many of `count` items as there is room for. */
function writeItems(
  count: number,
  chars: number,
  item: (index: number, room: number) => string,
): string {
  let text = ''
  for (let index = 0; index < count; index++) {
    if (index > 0) text += ', '
    if (text.length >= chars) return `${text}…`
    text += item(index, chars - text.length)
  }
  return text
}
