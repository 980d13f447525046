// Companion requests in JSON and what they cause in the stream: the first event with the same value in the same field.

import { companionName } from '../../../shared/frame/protocolName.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import { cutText } from '../../../shared/text/visibleText.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { type JsonObject, readObject } from '../packets/jsonMessage.ts'
import { makePacket, summaryOf } from '../packets/makePacket.ts'
import type {
  Asked,
  DataFrame,
  DecodeInput,
  Decoder,
  NewPacket,
  Protocol,
} from '../shapes/decoder.ts'

/** To be asked last: what an application protocol makes of a companion request says more. */
export const companionPairs: Protocol = {
  name: companionName,
  version: 1,
  yields: true,
  fitsData(inputs) {
    const { frame, payload } = inputs.at(-1) as DecodeInput
    return isCompanion(frame) && tellingFields(payload).size > 0
  },
  create: createCompanionPairs,
}

/** What comes later was caused by something else. */
const effectMs = 10_000
const openRequests = 16
/** Fields of one message that are looked at, those of the objects in it among them. */
const mostFields = 100
const depth = 2

interface Waiting {
  readonly asked: Asked
  /** By the field's name. */
  readonly fields: ReadonlyMap<string, string>
}

function createCompanionPairs(): Decoder {
  let waiting: Waiting[] = []

  function readRequest({ frame, payload, firstIx }: DecodeInput): readonly NewPacket[] {
    const fields = tellingFields(payload)
    if (fields.size === 0) return []
    const name = nameOf(frame)
    waiting = [
      ...waiting.slice(1 - openRequests),
      { asked: { seq: frame.seq, ix: firstIx, at: frame.at, name }, fields },
    ]
    const parts = { name, summary: summaryOf(readObject(payload)), body: '$' }
    return [makePacket({ protocol: companionName, type: 'request', level: 'app' }, parts)]
  }

  function readEffect({ frame, payload }: DecodeInput): readonly NewPacket[] {
    waiting = waiting.filter(({ asked }) => frame.at - asked.at <= effectMs)
    // In a flood nothing is read unless something waits.
    if (waiting.length === 0) return []
    const fields = tellingFields(payload)
    const shared = (one: Waiting) =>
      [...one.fields].find(([key, value]) => fields.get(key) === value)
    const cause = waiting.findLast((one) => shared(one) !== undefined)
    const [, key] = cause ? (shared(cause) ?? []) : []
    if (!cause) return []
    waiting = waiting.filter((one) => one !== cause)
    const summary = summaryOf(readObject(payload))
    const { asked } = cause
    const parts = { name: asked.name, key, summary, body: '$', answers: asked }
    return [makePacket({ protocol: companionName, type: 'event', level: 'app' }, parts)]
  }

  return {
    protocol: companionName,
    push(input) {
      if (isCompanion(input.frame)) return readRequest(input)
      const { kind, direction } = input.frame
      const isStream = kind === 'event' || kind === 'record' || kind === 'message'
      return isStream && direction === 'in' ? readEffect(input) : []
    },
    missed: () => undefined,
  }
}

function isCompanion(frame: DataFrame): boolean {
  return frame.kind === 'request' && frame.detail.purpose === 'companion'
}

/** `POST /publish`: without the query, in which many requests differ. */
function nameOf({ detail }: DataFrame): string {
  if (!('target' in detail)) return ''
  return cutText(`${detail.method} ${detail.target.split('?', 1)[0]}`, decodeLimits.wordChars)
}

/** The fields whose values many messages would not share, as JSON writes them. */
function tellingFields(payload: Uint8Array): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const message = readObject(payload)
  if (message) collect(message, found, { left: mostFields }, depth)
  return found
}

function collect(
  from: JsonObject,
  to: Map<string, string>,
  room: { left: number },
  levels: number,
): void {
  for (const key in from) {
    if (room.left-- <= 0) return
    const value = from[key]
    if (isRecord(value) && levels > 1) collect(value, to, room, levels - 1)
    else if (isTelling(key, value) && !to.has(key)) to.set(key, JSON.stringify(value))
  }
}

const idName = /(?:^|[._-])(?:id|uuid|guid|key|ref|nonce|token)$|(?:Id|ID|Uuid|Key|Ref)$/
/** A word that says what kind of message it is, or a time, is no sign of one message. */
const kindName = /^(?:type|event|kind|op|action|method|channel|topic|symbol|status|state)$/i
const time = /^\d{4}-\d\d-\d\d/

function isTelling(key: string, value: unknown): boolean {
  if (kindName.test(key)) return false
  const isId = idName.test(key)
  if (typeof value === 'number') return isId && Number.isInteger(value) && value > 1
  if (typeof value !== 'string' || value.length > decodeLimits.wordChars) return false
  if (isId) return value.length > 1
  return value.length >= 6 && /[\d\s]/.test(value) && !time.test(value)
}
