// Ages and viewers as people write them. Null for what cannot be read.

import { parseDuration } from '../text/duration.ts'
import { checkedAge, checkedViewers } from './needs.ts'

/** `5 s`, `5s`, `1 min`. */
export function readAge(text: string): number | null {
  return checkedAge(parseDuration(text.replace(/\s+/g, '').replace(/min$/, 'm')))
}

/** `10000`, `10,000`. */
export function readViewers(text: string): number | null {
  const plain = text.replace(/[\s,]+/g, '')
  return /^\d+$/.test(plain) ? checkedViewers(Number(plain)) : null
}
