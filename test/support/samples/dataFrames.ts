// Frames that carry data, numbered, for tests of decoders: a line of the test is a frame.

import type { Decoding } from '../../../src/engine/decoders/decoding.ts'
import type { DataFrame, NewPacket } from '../../../src/engine/decoders/shapes/decoder.ts'
import type { FrameOf } from '../../../src/shared/frame/frame.ts'
import type { NamedValues } from '../../../src/shared/text/namedValues.ts'

const startedAt = 1_760_000_000_000

export interface DataOptions {
  readonly connection?: number
  readonly replyTo?: number | null
  readonly truncatedAt?: number
  /** Of a request; of a request and a response their headers. */
  readonly url?: string
  readonly headers?: NamedValues
}

interface Sample {
  readonly frame: DataFrame
  readonly payload: Uint8Array
}

/** Makes frames that are 10 ms apart. */
export function createDataFrames() {
  let seq = 0

  function head(direction: 'in' | 'out', payload: Uint8Array, options: DataOptions) {
    seq++
    return {
      seq,
      at: startedAt + seq * 10,
      elapsedMs: seq * 10,
      connection: options.connection ?? 1,
      direction,
      sizeBytes: payload.length,
      wireBytes: payload.length + 2,
      replyTo: options.replyTo ?? null,
      code: null,
    }
  }

  const cut = ({ truncatedAt }: DataOptions) => (truncatedAt === undefined ? {} : { truncatedAt })

  return {
    message(direction: 'in' | 'out', data: string | Uint8Array, options: DataOptions = {}): Sample {
      const payload = typeof data === 'string' ? Buffer.from(data) : data
      const type = typeof data === 'string' ? ('text' as const) : ('binary' as const)
      const detail = { type, fragments: 1, compressed: false, masked: false, ...cut(options) }
      return { frame: { ...head(direction, payload, options), kind: 'message', detail }, payload }
    },
    event(data: string, type = 'message', options: DataOptions = {}): Sample {
      const payload = Buffer.from(data)
      const detail = { type, lastEventId: '' }
      return { frame: { ...head('in', payload, options), kind: 'event', detail }, payload }
    },
    record(
      data: string,
      partial = false,
      format: FrameOf<'record'>['detail']['format'] = 'ndjson',
    ): Sample {
      const payload = Buffer.from(data)
      const detail = { format, ...(partial && { partial: true }) }
      return { frame: { ...head('in', payload, {}), kind: 'record', detail }, payload }
    },
    request(
      body: string,
      purpose: FrameOf<'request'>['detail']['purpose'] = 'companion',
      options: DataOptions = {},
    ): Sample {
      const payload = Buffer.from(body)
      const detail = {
        purpose,
        method: 'POST',
        url: options.url ?? 'http://localhost:1/rpc',
        target: '/rpc',
        httpVersion: '1.1',
        headers: options.headers ?? [],
      }
      return { frame: { ...head('out', payload, options), kind: 'request', detail }, payload }
    },
    response(
      body: string,
      replyTo: number,
      purpose: FrameOf<'request'>['detail']['purpose'] = 'companion',
      options: DataOptions = {},
    ): Sample {
      const payload = Buffer.from(body)
      const detail = {
        purpose,
        status: 200,
        statusText: 'OK',
        httpVersion: '1.1',
        headers: options.headers ?? ([['Content-Type', 'application/json']] as const),
        timings: {},
        reused: false,
      }
      return {
        frame: { ...head('in', payload, { ...options, replyTo }), kind: 'response', detail },
        payload,
      }
    },
  }
}

/** The packets of these frames, each with its frame's number. */
export function decodeAll(
  decoding: Decoding,
  samples: readonly Sample[],
): readonly { readonly seq: number; readonly packet: NewPacket }[] {
  return samples.flatMap(({ frame, payload }) =>
    decoding
      .push(frame, payload)
      .flatMap(({ frame: { seq }, packets }) => packets.map((packet) => ({ seq, packet }))),
  )
}
