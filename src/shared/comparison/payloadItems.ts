// The payloads in which items may be, read as JSON.

import { isPeerData, type SeenFrame } from '../frame/frame.ts'
import { comparisonLimits } from '../limits.ts'
import { ownText } from '../text/ownText.ts'
import { longNumber, parseJson } from '../text/parseJson.ts'

/** What the peer sent as data. A part of an answer is in the answer, and what says that something failed is no item. */
export function mayHoldItems(frame: SeenFrame): boolean {
  if (frame.kind === 'record' && frame.detail.partial) return false
  return isPeerData(frame) && (frame.kind !== 'response' || frame.detail.status < 300)
}

/** No item is looked for in it: it is too large, or was cut. */
export function isUnread({ sizeBytes, detail }: SeenFrame): boolean {
  return (
    sizeBytes > comparisonLimits.payloadBytes ||
    ('truncatedAt' in detail && detail.truncatedAt !== undefined)
  )
}

const utf8 = new TextDecoder()

/** Undefined of what is no JSON, and of what is too large. A number that may lose digits is a text that has them all. */
export function parsePayload(payload: Uint8Array | null): unknown {
  if (payload === null || payload.length === 0) return undefined
  if (payload.length > comparisonLimits.payloadBytes) return undefined
  const text = utf8.decode(payload)
  return parseJson(text, longNumber.test(text) ? keepDigits : undefined)
}

/** A key of 64 bits is rounded to that of another item. */
function keepDigits(source: string, value: number): unknown {
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? ownText(source) : value
}
