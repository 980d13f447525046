// The contract of a decoder: frames of one connection go in, in order, and packets of an application protocol come out.

import type { FrameOf } from '../../../shared/frame/frame.ts'
import type { Packet } from '../../../shared/frame/packet.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'

/** A frame that may hold packets: in a message, an event, a record, or in the body of an exchange. */
export type DataFrame = FrameOf<'message' | 'event' | 'record' | 'request' | 'response'>

/** What is known of a connection ahead of its data. */
export interface ConnectionFacts {
  /** Absolute. Empty while no request was seen. */
  readonly url: string
  /** The WebSocket subprotocol that the server agreed to. */
  readonly subprotocol: string | null
  /** The content type of the answer that opened the stream, as it was written. */
  readonly contentType: string | null
  /** Of the request and of its answer, as they were written: see `headerValue`. Empty while they were not seen. */
  readonly requestHeaders: NamedValues
  readonly responseHeaders: NamedValues
}

export interface DecodeInput {
  readonly frame: DataFrame
  /** Whole. It is the capture's: nothing may be changed in it or kept of it. */
  readonly payload: Uint8Array
  /** The index, among the packets of its frame, of the first packet of the answer. */
  readonly firstIx: number
  readonly facts: ConnectionFacts
}

/** A packet that others may answer: where it stands, when it was seen, and what it was about. */
export interface Asked {
  readonly seq: number
  readonly ix: number
  readonly at: number
  readonly name?: string
}

/** What is told of a packet by those after it, and what is told by its own place and time. */
type ToldLater = 'answeredBy' | 'unanswered' | 'cancelledBy' | 'progress' | 'latencyMs'

/** A packet as a decoder makes it: what it answers is a place. The type `more` is kept for `isRest`. */
export interface NewPacket
  extends Omit<Packet, ToldLater | 'answers' | 'cancels' | 'summary' | 'name' | 'key'> {
  /** At most `decodeLimits.wordChars` characters, as are `key` and `summary`. */
  readonly name?: string
  readonly key?: string
  readonly summary?: string
  readonly answers?: Asked
  /** It says that this one is still worked on. */
  readonly progressOf?: Asked
  /** It calls this one off, which may be answered all the same. */
  readonly cancels?: Asked
}

/**
 * A state machine for both directions of one connection. Pure: no clock, no I/O. It never throws, whatever the peer
 * sends: what breaks the rules is a packet with a flaw. What it keeps is bounded by `decodeLimits`.
 *
 * A decoder of a protocol that carries another one makes the decoder of that one and hands payloads on to it, with the
 * `firstIx` that comes next. A packet that takes several frames is answered at the last of them.
 */
export interface Decoder {
  /** As in its packets. */
  readonly protocol: string
  /** Empty where the frame holds nothing of the protocol. */
  push(input: DecodeInput): readonly NewPacket[]
  /** A frame's payload is not there, or not whole. */
  missed(frame: DataFrame): void
}

/** A protocol as the registry lists it: how it is known, and what decodes it. */
export interface Protocol {
  /** As packets and captures call it. */
  readonly name: string
  /** Counts the ways in which it has decoded: captures of an earlier one are decoded anew. */
  readonly version: number
  /** Another one that fits the first data of the stream takes its place. */
  readonly yields?: true
  /** Known by the subprotocol or the URL, before any data. */
  fitsConnection?(facts: ConnectionFacts): boolean
  /** Known by the first data: the last of `inputs` has just come. Quick for what is of another protocol. */
  fitsData(inputs: readonly DecodeInput[]): boolean
  create(): Decoder
  /**
   * What the connection is a part of: those with the same answer share one decoder, such as the polls of one session.
   * Null: it is on its own. Asked once, when the protocol is chosen.
   */
  conversation?(facts: ConnectionFacts): string | null
  /**
   * What the payload of one frame holds, for people: plain data that JSON can say, undefined where it cannot be read.
   * Without a memory of other frames, but for `opening`: the beginning of the first message that the client sent,
   * where that is known. It never throws. Absent where payloads are JSON themselves.
   */
  read?(
    payload: Uint8Array,
    facts: ConnectionFacts,
    direction: DataFrame['direction'],
    opening?: Uint8Array | null,
  ): unknown
}
