// Decodes a session's frames as they come in order: a decoder for each connection, and what all of them have in common.

import type { Frame } from '../../shared/frame/frame.ts'
import { decodeLimits } from '../../shared/limits.ts'
import { formatLimit } from '../../shared/text/units.ts'
import { toError } from '../../shared/unknown.ts'
import {
  type ConnectionDecoder,
  createConnectionDecoder,
  type Decode,
} from './connectionDecoder.ts'
import { learn, noFacts } from './connectionFacts.ts'
import { createConversations } from './conversations.ts'
import { protocols as allProtocols } from './registry.ts'
import type {
  ConnectionFacts,
  DataFrame,
  DecodeInput,
  NewPacket,
  Protocol,
} from './shapes/decoder.ts'

/** What was decoded of one frame; never empty. */
export interface DecodedFrame {
  readonly frame: DataFrame
  readonly packets: readonly NewPacket[]
}

export interface Decoding {
  /**
   * Takes the next frame and all that is kept of its payload. Answers the packets of this frame and, where only now a
   * decoder was found, of some before it. Never throws.
   */
  push(frame: Frame, payload: Uint8Array | null): readonly DecodedFrame[]
  /**
   * The newest connection while its messages, events and records are of no protocol: they need not be pushed.
   * Null where all have to be.
   */
  readonly ignored: number | null
  /** Whether a frame need not be pushed, as far as the frames tell that were. */
  skips(frame: Pick<Frame, 'kind' | 'connection'>): boolean
}

interface Known {
  facts: ConnectionFacts
  readonly chosen: ConnectionDecoder
  /** A payload that cannot be decoded has been told of. */
  toldUndecodable: boolean
}

const nothing: readonly DecodedFrame[] = []

export function createDecoding(
  decode: Decode = 'auto',
  protocols: readonly Protocol[] = allProtocols,
): Decoding {
  const connections = new Map<number, Known>()
  const make = createConversations()
  let newest = 0
  /** The number whose frame came last. */
  let latest = 0
  // What the last frame was that need not be pushed: in a flood each is like the one before.
  let skippedKind: Frame['kind'] | null = null
  let skippedConnection = 0

  function connectionOf(number: number): Known {
    const known = connections.get(number)
    if (known) {
      // Of several that are open at once, those that say nothing are forgotten first.
      if (number !== latest) {
        connections.delete(number)
        connections.set(number, known)
        latest = number
      }
      return known
    }
    latest = number
    const made: Known = {
      facts: noFacts,
      chosen: createConnectionDecoder(protocols, decode, make),
      toldUndecodable: false,
    }
    connections.set(number, made)
    newest = Math.max(newest, number)
    const [oldest] = connections.keys()
    if (connections.size > decodeLimits.connections && oldest !== undefined)
      connections.delete(oldest)
    return made
  }

  function skips({ kind, connection }: Pick<Frame, 'kind' | 'connection'>): boolean {
    if (kind === skippedKind && connection === skippedConnection) return true
    if (!isOfNoProtocol(kind, connection)) return false
    skippedKind = kind
    skippedConnection = connection
    return true
  }

  function isOfNoProtocol(kind: Frame['kind'], connection: number): boolean {
    if (!dataKinds.has(kind)) return true
    const chosen = connections.get(connection)?.chosen
    if (chosen === undefined) return false
    return isExchange(kind) ? chosen.ignoresExchanges : chosen.ignoresStream
  }

  function push(frame: Frame, whole: Uint8Array | null): readonly DecodedFrame[] {
    if (skips(frame) || !isData(frame)) return nothing
    skippedKind = null
    const known = connectionOf(frame.connection)
    known.facts = learn(known.facts, frame)
    // A part of an answer comes again with the whole.
    if (frame.kind === 'record' && frame.detail.partial === true) return nothing
    const payload = whole ?? (isTypeAlone(frame) ? noBytes : null)
    if (payload === null || (payload.length === 0 && !isTypeAlone(frame))) return nothing
    known.chosen.begin(known.facts)
    const why = whyUndecodable(frame, payload)
    if (why !== null) return miss(frame, known, why)
    return decodeFrame({ frame, payload, firstIx: 0, facts: known.facts }, known.chosen)
  }

  function decodeFrame(input: DecodeInput, chosen: ConnectionDecoder): readonly DecodedFrame[] {
    try {
      const inputs = chosen.isSettled ? [input] : chosen.consider(input)
      const decoded: DecodedFrame[] = []
      for (const one of inputs) {
        const packets = chosen.decoder?.push(one) ?? []
        if (packets.length > 0) decoded.push({ frame: one.frame, packets })
      }
      return decoded
    } catch (error) {
      // Decoders do not throw. Where one has a fault, recording goes on, and the frame tells of it.
      const flaw = `Lifeline failed to decode it: ${toError(error).message}`
      return undecoded(input.frame, chosen.decoder?.protocol ?? 'unknown', flaw)
    }
  }

  function miss(frame: DataFrame, known: Known, why: string): readonly DecodedFrame[] {
    const { decoder } = known.chosen
    if (decoder === null) return nothing
    decoder.missed(frame)
    if (known.toldUndecodable) return nothing
    known.toldUndecodable = true
    return undecoded(frame, decoder.protocol, why)
  }

  return {
    push,
    get ignored() {
      return connections.get(newest)?.chosen.ignoresStream === true ? newest : null
    },
    skips,
  }
}

function undecoded(frame: DataFrame, protocol: string, flaw: string): readonly DecodedFrame[] {
  return [{ frame, packets: [{ protocol, type: 'undecoded', level: 'app', flaw }] }]
}

const dataKinds: ReadonlySet<Frame['kind']> = new Set([
  'message',
  'event',
  'record',
  'request',
  'response',
])

const noBytes = new Uint8Array()

/** An event without data may say by its type what there is to say, `event: complete`. */
function isTypeAlone({ kind, sizeBytes, detail }: DataFrame): boolean {
  return kind === 'event' && sizeBytes === 0 && 'type' in detail && detail.type !== 'message'
}

function isExchange(kind: Frame['kind']): boolean {
  return kind === 'request' || kind === 'response'
}

function isData(frame: Frame): frame is DataFrame {
  return dataKinds.has(frame.kind)
}

/** Why all that is kept of a payload cannot be decoded; null where it can. */
export function whyUndecodable({ detail }: Frame, payload: Uint8Array): string | null {
  if ('truncatedAt' in detail && detail.truncatedAt !== undefined) {
    return 'It is not decoded: only its beginning was kept.'
  }
  if (payload.length <= decodeLimits.payloadBytes) return null
  return `It is not decoded: it is longer than ${formatLimit(decodeLimits.payloadBytes)}.`
}
