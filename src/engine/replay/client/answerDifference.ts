// Compares an answer with the recorded one, and says in words what differs.

import { lastValue } from '../../../shared/frame/headerFields.ts'
import type { Difference } from '../../../shared/frame/httpDetail.ts'
import { jsonDifference } from '../../../shared/frame/jsonDifference.ts'
import { parseComparableJson } from '../../../shared/text/comparableJson.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { isAsRecorded } from './filledText.ts'
import { sendLimits } from './sendLimits.ts'

export interface Head {
  readonly status: number
  readonly headers: NamedValues
}

/** A payload as far as it was kept. */
export interface Kept {
  readonly bytes: Uint8Array
  readonly isCut: boolean
}

/** Each a few words; empty where both are the same. */
export function headDifferences(recorded: Head, now: Head): readonly string[] {
  const told: string[] = []
  if (recorded.status !== now.status)
    told.push(`status ${now.status} instead of ${recorded.status}`)
  const [before, after] = [contentType(recorded.headers), contentType(now.headers)]
  if (before !== after) told.push(`content type ${after || 'none'} instead of ${before || 'none'}`)
  return told
}

/** Null where both are the same. JSON is compared by what it says, other text and bytes as they are. */
export function bodyDifference(recorded: Kept, now: Kept): string | null {
  const [before, after] = alike(recorded, now)
  if (Buffer.compare(before, after) === 0) return null
  const [old, text] = [textOf(before), textOf(after)]
  if (old === null || text === null) return bytesWords(before, after)
  if (isAsRecorded(old, text)) return null
  if (Math.max(before.length, after.length) > sendLimits.jsonBytes) return bytesWords(before, after)
  const [oldJson, json] = [parseComparableJson(old), parseComparableJson(text)]
  if (oldJson === undefined || json === undefined) return textWords(old, text)
  const difference = jsonDifference(oldJson, withHidden(oldJson, json, 0), sendLimits.places)
  return jsonWords(difference)
}

/** Of what one of the two was cut, only the part that both have. */
function alike(recorded: Kept, now: Kept): readonly [Uint8Array, Uint8Array] {
  if (!recorded.isCut && !now.isCut) return [recorded.bytes, now.bytes]
  const length = Math.min(recorded.bytes.length, now.bytes.length)
  return [recorded.bytes.subarray(0, length), now.bytes.subarray(0, length)]
}

const deepest = 64

/** The value with the recorded text wherever that hides a credential and is the same otherwise. */
function withHidden(recorded: unknown, now: unknown, depth: number): unknown {
  if (typeof recorded === 'string' && typeof now === 'string')
    return isAsRecorded(recorded, now) ? recorded : now
  if (depth >= deepest) return now
  if (Array.isArray(recorded) && Array.isArray(now))
    return now.map((item, index) => withHidden(recorded[index], item, depth + 1))
  if (!isRecord(recorded) || !isRecord(now)) return now
  return Object.fromEntries(
    Object.entries(now).map(([name, value]) => [
      name,
      Object.hasOwn(recorded, name) ? withHidden(recorded[name], value, depth + 1) : value,
    ]),
  )
}

function jsonWords({ added, removed, changed, values = [], more = 0 }: Difference): string | null {
  const told = [
    ...changed.map((path) => {
      const value = values.find((one) => one.path === path)
      return value ? `${path} ${value.from} → ${value.to}` : `${path} is another`
    }),
    ...added.map((path) => `${path} is new`),
    ...removed.map((path) => `${path} is missing`),
    ...(more > 0 ? [`${formatCount(more)} more`] : []),
  ]
  return told.length === 0 ? null : told.join(', ')
}

const shownChars = 30

function textWords(old: string, text: string): string {
  let at = 0
  while (at < old.length && old[at] === text[at]) at++
  const shown = (whole: string) => `“${cutText(whole.slice(at), shownChars)}”`
  return `from character ${formatCount(at + 1)} on ${shown(text)} instead of ${shown(old)}`
}

function bytesWords(before: Uint8Array, after: Uint8Array): string {
  const sizes = `${formatCount(after.length)} bytes instead of ${formatCount(before.length)}`
  if (before.length !== after.length) return sizes
  let at = 0
  while (before[at] === after[at]) at++
  return `other bytes from byte ${formatCount(at + 1)} on`
}

function contentType(headers: NamedValues): string {
  const [essence = ''] = (lastValue(headers, 'content-type') ?? '').split(';', 1)
  return essence.trim().toLowerCase()
}

const strict = new TextDecoder('utf-8', { fatal: true })

function textOf(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes)
  } catch {
    // What is no UTF-8 is compared as bytes.
    return null
  }
}
