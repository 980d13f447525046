// Writes a JSON value in few characters: `BTC-EUR`, `70477`, `{id 267, symbol BTC-EUR}`, quotes only where they tell something.

import type { JsonLeaf } from './jsonLeaves.ts'
import { cutText, visibleText } from './visibleText.ts'

const token = /"(?:[^"\\]|\\.)*"?|[{}[\]:,]|[^\s{}[\]:,"]+/gs

/** About `room` characters, where it is longer with `…` at its end; nothing in it is a control character. */
export function compactJson({ kind, source, cut }: JsonLeaf, room: number): string {
  if (kind === 'string') return compactString(source, room, cut)
  if (kind === 'number' || kind === 'word') return cutText(cut ? `${source}…` : source, room)
  return compactBranch(source, room)
}

/** As it would be written alone. `source` is JSON. */
export function compactSource(source: string, room: number): string {
  const kind = kinds[source.charAt(0)] ?? 'number'
  return compactJson({ place: nowhere, kind, source, cut: false }, room)
}

const nowhere = { parent: null, step: '', id: '' }

const kinds: Readonly<Record<string, JsonLeaf['kind']>> = {
  '"': 'string',
  '[': 'list',
  '{': 'object',
  t: 'word',
  f: 'word',
  n: 'word',
}

function compactString(source: string, room: number, cut: boolean): string {
  // What a peer made long is cut before it is looked at.
  const isLong = source.length > 2 * room + 16
  const text = textOf(isLong ? source.slice(0, 2 * room + 16) : source, cut || isLong)
  const shown = visibleText(text)
  const more = cut || isLong
  if (isQuoted(text)) return `"${cutText(more ? `${shown}…` : shown, Math.max(2, room - 2))}"`
  return cutText(more ? `${shown}…` : shown, room)
}

/** What the string says, as far as it goes. */
function textOf(source: string, cut: boolean): string {
  const inner = cut ? source.slice(1).replace(/"$/, '') : source.slice(1, -1)
  if (!inner.includes('\\')) return inner
  try {
    // An escape that was cut through says nothing.
    return String(JSON.parse(`"${cut ? inner.replace(cutEscape, '$1') : inner}"`))
  } catch {
    // An escape that JSON does not know, or a cut in the middle of several.
    return inner
  }
}

const cutEscape = /((?:^|[^\\])(?:\\\\)*)\\(?:u[\da-fA-F]{0,3})?$/

/** Without quotes it would be taken for something else, or not be seen as it is. */
function isQuoted(text: string): boolean {
  return text === '' || notPlain.test(text)
}

const notPlain =
  /^\s|\s$|\s{2}|^["'{[…]|^(?:true|false|null)$|^[-+]?(?:\d[\d,_]*)?\.?\d+(?:[eE][-+]?\d+)?$/

function compactBranch(source: string, room: number): string {
  let text = ''
  for (const [found] of source.matchAll(token)) {
    if (text.length >= room - 1) return `${text.slice(0, room - 1).trimEnd()}…`
    if (found === ',') text += ', '
    else if (found === ':') text += ' '
    else if (found.startsWith('"')) {
      text += compactString(found, room, !/^"(?:[^"\\]|\\.)*"$/s.test(found))
    } else text += found
  }
  return cutText(text, room)
}
