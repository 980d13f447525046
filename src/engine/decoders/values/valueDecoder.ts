// A protocol of payloads that are values of a binary format and nothing else: told by type, name and content.

import type { FrameOf } from '../../../shared/frame/frame.ts'
import { lastValue } from '../../../shared/frame/headerFields.ts'
import { typeWord } from '../../../shared/frame/typeNames.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { packetsOf } from '../packets/frameMessages.ts'
import { makePacket, summaryOf } from '../packets/makePacket.ts'
import { brokenPacket } from '../packets/replacedSecret.ts'
import type { DataFrame, DecodeInput, NewPacket, Protocol } from '../shapes/decoder.ts'
import { type ReadFormat, type ReadValue, readAll } from './plainValue.ts'

export interface ValueFormat {
  /** Of the protocol, as packets have it. */
  readonly name: string
  readonly version: number
  readonly read: ReadFormat
  /** Of a content type without its parameters, in lower case. */
  readonly contentType: RegExp
  /** Of a WebSocket subprotocol. */
  readonly subprotocol: RegExp
}

export function createValueProtocol({ name, version, ...format }: ValueFormat): Protocol {
  const { read, contentType, subprotocol } = format
  const isOfFormat = (type: string | null) => type !== null && contentType.test(essence(type))

  function holdsValues(frame: DataFrame): boolean {
    if (frame.kind === 'message') return frame.detail.type === 'binary'
    return isExchange(frame) && isOfFormat(lastValue(frame.detail.headers, 'content-type'))
  }

  function packetOf(one: ReadValue | { readonly flaw: string }, input: DecodeInput): NewPacket {
    if ('flaw' in one) return brokenPacket(name, input, one.flaw)
    const { type, value } = one
    return makePacket(
      { protocol: name, type, level: 'app' },
      { name: isRecord(value) ? typeWord(value) : null, summary: summaryOf(value) },
    )
  }

  return {
    name,
    version,
    fitsConnection: (facts) =>
      isOfFormat(facts.contentType) ||
      (facts.subprotocol !== null && subprotocol.test(facts.subprotocol)),
    fitsData: () => false,
    read(payload) {
      const values: unknown[] = []
      for (const one of readAll(read, payload)) {
        if ('flaw' in one) return undefined
        values.push(one.value)
      }
      return values.length === 1 ? values[0] : values
    },
    create: () => ({
      protocol: name,
      push(input) {
        if (!holdsValues(input.frame)) return []
        const values = readAll(read, input.payload)
        return packetsOf(name, values, input.firstIx, (one) => packetOf(one, input)).packets
      },
      missed: () => undefined,
    }),
  }
}

function isExchange(frame: DataFrame): frame is FrameOf<'request' | 'response'> {
  return frame.kind === 'request' || frame.kind === 'response'
}

/** `application/cbor` of `Application/CBOR; a=b`. */
function essence(contentType: string): string {
  return contentType.replace(/;.*/s, '').trim().toLowerCase()
}
