// The part of a name or value that a line of a JSON tree draws: all of it, or where it is long a part that has what is sought.

import { formatCount } from '../../shared/text/units.ts'

/** A line of a million characters takes seconds to be laid out. */
const mostChars = 4000
/** Before a hit that lies further on. */
const beforeHitChars = 40

/** `sought`: empty where nothing is. */
export function drawnPart(text: string, sought: string): string {
  if (text.length <= mostChars) return text
  const at = sought === '' ? -1 : text.toLowerCase().indexOf(sought.toLowerCase())
  const from = at + sought.length <= mostChars ? 0 : at - beforeHitChars
  const end = from + mostChars
  const rest = end < text.length ? `… ${formatCount(text.length)} characters` : ''
  return `${from > 0 ? '…' : ''}${text.slice(from, end)}${rest}`
}

/** The text in parts, each second one of which is what is sought. */
export function splitAtHits(text: string, sought: string): readonly string[] {
  if (sought === '') return [text]
  const [lower, hit] = [text.toLowerCase(), sought.toLowerCase()]
  const parts: string[] = []
  let from = 0
  for (let at = lower.indexOf(hit); at >= 0; at = lower.indexOf(hit, from)) {
    parts.push(text.slice(from, at), text.slice(at, at + sought.length))
    from = at + sought.length
  }
  return [...parts, text.slice(from)]
}
