// Reads one payload in its protocol's own terms, when it is asked for.

import type { Frame } from '../../../shared/frame/frame.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import type { DecodedPayload } from '../../../shared/session/captureRows.ts'
import { firstOfConnection } from '../../analyses/firstOfConnection.ts'
import { learn, noFacts } from '../../decoders/connectionFacts.ts'
import { whyUndecodable } from '../../decoders/decoding.ts'
import type { ConnectionFacts, Protocol } from '../../decoders/shapes/decoder.ts'
import type { JoinedFrames } from '../reading/joinedFrames.ts'
import type { CaptureDecoding } from './captureDecoding.ts'
import type { DecodeSettings } from './decodeSettings.ts'

/** Frames looked through for the exchange that opened a connection. */
const openingReach = 50

/** Null where the frame has no such payload, and where no protocol reads it. */
export function payloadAs(
  seq: number,
  frames: Pick<JoinedFrames, 'frames' | 'payload'>,
  decoding: Pick<CaptureDecoding, 'packets'>,
  { decode, protocols }: DecodeSettings,
): DecodedPayload | null {
  const [row] = frames.frames(seq, 1).rows
  const bytes = frames.payload(seq, 0, decodeLimits.payloadBytes + 1)?.bytes
  if (row?.frame.seq !== seq || !bytes?.length || decode === 'off') return null
  const { frame } = row
  if (whyUndecodable(frame, bytes) !== null) return null
  const { facts, opening } = beginningOf(frames, frame)
  const known = new Set(
    decoding
      .packets(seq, seq)
      .get(seq)
      ?.map(({ protocol }) => protocol),
  )
  for (const protocol of protocols) {
    if (!isOf(protocol, decode, facts, known)) continue
    const text = jsonText(protocol.read?.(bytes, facts, frame.direction, opening))
    if (text !== null) return { protocol: protocol.name, text }
  }
  return null
}

/** Of protocols that carry one another the outer one reads a payload: it stands first, or is told by the connection. */
function isOf(
  { name, fitsConnection }: Protocol,
  decode: string,
  facts: ConnectionFacts,
  known: ReadonlySet<string>,
): boolean {
  return name === decode || known.has(name) || fitsConnection?.(facts) === true
}

interface Beginning {
  readonly facts: ConnectionFacts
  /** As `Protocol.read` takes it. */
  readonly opening: Uint8Array | null
}

function beginningOf({ frames }: Pick<JoinedFrames, 'frames'>, of: Frame): Beginning {
  const first = firstOfConnection(frames, of.connection, of.seq)
  const own = frames(first, openingReach).rows.filter(
    ({ frame }) => frame.connection === of.connection,
  )
  const said = own.find(({ frame }) => frame.kind === 'message' && frame.direction === 'out')
  return {
    facts: own.reduce((facts, { frame }) => learn(facts, frame), noFacts),
    opening: said?.start ?? null,
  }
}

/** Null where it is nothing that JSON can say, or too much of it. */
function jsonText(value: unknown): string | null {
  try {
    const text = JSON.stringify(value)
    return text === undefined || text.length > decodeLimits.readChars ? null : text
  } catch {
    // It holds itself, is nested too deep, or has a whole number beyond JSON's.
    return null
  }
}
