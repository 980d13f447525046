// JSON of no known protocol: names by the fields that usually have them, pairs by the paths that a profile names.

import type { PairPaths } from '../../../shared/endpoint/endpoint.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import { type JsonPath, parseOnePlace } from '../../../shared/text/jsonPath.ts'
import { valuesAt } from '../../../shared/text/jsonPathValues.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { isRecord, own } from '../../../shared/unknown.ts'
import { type JsonObject, ownText, readJson } from '../packets/jsonMessage.ts'
import { makePacket, summaryOf } from '../packets/makePacket.ts'
import { createOpenRequests } from '../packets/openRequests.ts'
import type { DecodeInput, Decoder, NewPacket, Protocol } from '../shapes/decoder.ts'

const name = 'json'

/** Only where a profile asks for it: its `pair`, or `"decode": "json"`. */
export function jsonOf(pair: PairPaths | null): Protocol {
  return {
    name,
    version: 1,
    fitsData: (inputs) =>
      pair !== null && readJson((inputs.at(-1) as DecodeInput).payload) !== undefined,
    create: () => createJsonDecoder(pair),
  }
}

/** Where a message says what it is, the most telling first. */
const naming = ['type', 'event', 'op', 'action', 'method', 'kind'] as const
const beats: ReadonlySet<string | undefined> = new Set(['ping', 'pong', 'heartbeat'])

interface Place {
  readonly input: DecodeInput
  readonly ix: number
  /** Of the message in the frame's JSON. */
  readonly path: string
}

function createJsonDecoder(pair: PairPaths | null): Decoder {
  const [requestAt, replyAt, nameAt] = [pair?.request, pair?.reply, pair?.name].map(pathOf)
  const isOnePlace = pair !== null && pair.request === pair.reply
  const open = createOpenRequests()

  function nameOf(message: JsonObject): string | undefined {
    if (nameAt) return textAt(message, nameAt)
    return naming.map((field) => ownText(message, field)).find((one) => one !== undefined)
  }

  function read(message: JsonObject, place: Place): NewPacket {
    const named = nameOf(message)
    const parts = { summary: summaryOf(message), body: place.path }
    const level = beats.has(named?.toLowerCase()) ? 'heartbeat' : 'app'
    const replyTo = textAt(message, replyAt)
    const answers = replyTo === undefined ? null : open.answer(place.input.frame, replyTo)
    if (replyTo !== undefined && (answers !== null || !isOnePlace)) {
      const head = { protocol: name, type: hasFailed(message) ? 'error' : 'reply', level } as const
      return makePacket(head, { ...parts, name: answers?.name ?? named, key: replyTo, answers })
    }
    const key = textAt(message, requestAt)
    const type = hasFailed(message) ? 'error' : key === undefined ? 'message' : 'request'
    if (type === 'request' && key !== undefined) ask(place, key, named)
    return makePacket(
      { protocol: name, type, level },
      // What a server counts up may be no question: only our own are known to wait.
      { ...parts, name: named, key, asks: type === 'request' && isOut(place) },
    )
  }

  function ask({ input: { frame }, ix }: Place, key: string, named: string | undefined): void {
    if (key.length > decodeLimits.wordChars) return
    const asked = { seq: frame.seq, ix, at: frame.at, ...(named !== undefined && { name: named }) }
    open.ask(frame.direction, key, asked)
  }

  return {
    protocol: name,
    push(input) {
      const value = readJson(input.payload)
      const isList = Array.isArray(value)
      const messages: readonly unknown[] = isList ? value.slice(0, decodeLimits.packets) : [value]
      const packets: NewPacket[] = []
      for (const [nth, message] of messages.entries()) {
        if (!isRecord(message)) continue
        const ix = input.firstIx + packets.length
        packets.push(read(message, { input, ix, path: isList ? `$[${nth}]` : '$' }))
      }
      const more = isList ? value.length - messages.length : 0
      if (more > 0) {
        const rest = `${formatCount(more)} not decoded`
        packets.push({ protocol: name, type: 'more', name: rest, level: 'app' })
      }
      return packets
    },
    missed: () => undefined,
  }
}

function isOut({ input }: Place): boolean {
  return input.frame.direction === 'out'
}

/** Null without a path to one place. */
function pathOf(path: string | undefined): JsonPath | null {
  return typeof path === 'string' ? parseOnePlace(path) : null
}

/** A text as it is, a number as JSON has it; undefined for anything else, and where nothing is. */
function textAt(message: JsonObject, path: JsonPath | null | undefined): string | undefined {
  const [value] = path ? valuesAt(message, path) : []
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function hasFailed(message: JsonObject): boolean {
  const error = own(message, 'error')
  return error !== undefined && error !== null && error !== false && error !== ''
}
