// Tells what the bytes of an answer show and Node's parser does not: flaws of its head, and what comes behind its end.

import type { Socket } from 'node:net'
import type { NoticeCode } from '../../../shared/frame/noticeCodes.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Unfinished } from '../../../shared/session/unfinished.ts'
import { formatCount, formatSize } from '../../../shared/text/units.ts'
import { type Came, createCameBytes } from '../../protocols/bytes/cameBytes.ts'
import type { ReadHead } from '../../protocols/http/answerHead.ts'
import type { ParserPlace } from '../../protocols/http/parserFault.ts'
import { now } from '../clock.ts'
import type { Network } from '../network/network.ts'
import type { SentRequest } from '../sentRequest.ts'
import { type AnswerTap, tapAnswer } from './answerTap.ts'
import type { ExchangeIo } from './exchange.ts'
import type { HopRecord } from './hopRecord.ts'
import type { SocketMeter } from './socketMeter.ts'

export interface HopTap {
  /** To be called in the request's `socket` event, after the meter has it. In HTTP/2 it does nothing. */
  attach(socket: Socket): void
  /**
   * What came while no head was complete, which no other frame counts; null where nothing did or the head has come. In
   * HTTP/2 its size alone.
   */
  came(): Came | null
  /** The bytes that an error is about; null where there are none. */
  cameBy(error: Error): Came | null
  /** The user ends it: what has come of a head that is not complete is told, or answered with where that shows nothing. */
  stopped(): Came | null
  /** The answer's head as it came; null where it had not to be mended. */
  mendedHead(): ReadHead | null
  /** Bytes of the heads that came, the answer's the last; null while that has not, and where it cannot be read. */
  headBytes(): number | null
  /** What helps to tell the fault of an error. */
  seen(): Pick<ParserPlace, 'answered' | 'start' | 'refusal'>
  /** The request has been told, and the answer's frame comes next: what is wrong with its head is told now. */
  beforeAnswer(): void
  /** The answer's frame is there: what has come behind it is told now, and what still comes when it does. */
  afterAnswer(): void
  /** Nothing more of the answer is looked at. */
  end(): void
}

export interface HopTapOptions {
  readonly method: string
  readonly limits: Pick<Limits, 'headBytes' | 'faultBytes'>
  readonly io: Pick<ExchangeIo, 'wire' | 'unfinished' | 'heard'>
  readonly meter: SocketMeter
  readonly record: Pick<HopRecord, 'notice'>
  readonly network: Pick<Network, 'carry'>
  /** Which may turn out to be one over HTTP/2; absent where it cannot. */
  request?(): Pick<SentRequest, 'http2'>
}

export function createHopTap(options: HopTapOptions): HopTap {
  const { method, limits, io, meter, record, request, network } = options
  const { headBytes, faultBytes } = limits
  let socket: Socket | null = null
  let tap: AnswerTap | null = null
  /** In the order of their coming, until they may be told; null from then on. */
  let flaws: (() => void)[] | null = []
  /** A peer may send any amount while the answer waits for a reader that holds it back. */
  const surplus = createCameBytes(faultBytes)
  /** Of those so many came when the answer had been counted. */
  let lateBytes = 0
  let isBegun = false
  let isAnswered = false

  function came(): Came | null {
    const isHttp2 = request?.().http2 !== undefined
    const start = isHttp2 && !isBegun ? framesOnly : (tap?.came() ?? unread())
    return start === null ? null : { ...start, wireBytes: meter.bytesIn() }
  }

  /** A head that has come, and that Node's parser has not handed over. */
  function unread(): Came | null {
    const sizeBytes = isBegun || !tap?.hasHead() ? 0 : meter.bytesIn()
    return sizeBytes === 0 ? null : { bytes: framesOnly.bytes, sizeBytes }
  }

  function waiting(): Unfinished | null {
    const start = tap?.came() ?? null
    const since = meter.firstByteAt()
    if (start === null || since === null) return null
    return { bytes: start.sizeBytes, since, awaits: 'head' }
  }

  function noteFlaw(code: NoticeCode, message: string, bytes: Uint8Array): void {
    // What comes may be a slice of the socket's buffer, which it would keep alive.
    const kept = { bytes: bytes.slice(0, faultBytes), sizeBytes: bytes.length }
    const tell = () => record.notice('local', code, message, kept)
    if (flaws === null) tell()
    else flaws.push(tell)
  }

  function handleSurplus(bytes: Uint8Array): void {
    surplus.add(bytes)
    if (!isAnswered) return
    lateBytes += bytes.length
    tellSurplus()
  }

  function tellSurplus(): void {
    const found = surplus.read()
    if (found === null) return
    const place = { ...found, wireBytes: lateBytes }
    if (record.notice('in', 'http-surplus', surplusWords(found.sizeBytes), place)) {
      meter.report(io.wire)
    } else network.carry(lateBytes)
    // The next request would get it for an answer: curl and browsers leave such a connection, too.
    socket?.destroy()
  }

  return {
    attach(given) {
      if (request?.().http2 !== undefined) return
      io.unfinished?.(waiting)
      socket = given
      tap = tapAnswer(given, {
        method,
        headBytes,
        keptBytes: faultBytes,
        onBytes() {
          meter.arrived()
          if (io.heard) io.heard(now())
        },
        onFlawed: (head, bytes) => noteFlaw('http-flawed-head', flawWords(head.flaws), bytes),
        onFlawedChunks: (bytes) => noteFlaw('http-flawed-chunking', chunkWords, bytes),
        onSurplus: handleSurplus,
      })
    },
    came,
    cameBy(error) {
      const start = came()
      if (start !== null && start.bytes.length > 0) return start
      const line = brokenLine(error, faultBytes)
      return line && start ? { ...line, wireBytes: start.wireBytes ?? 0 } : (line ?? start)
    },
    stopped() {
      const start = came()
      if (start === null || start.sizeBytes === 0) return start
      record.notice('local', 'stopped-in-head', stoppedWords(start), start)
      return null
    },
    mendedHead: () => tap?.mendedHead() ?? null,
    headBytes: () => (tap?.hasHead() ? tap.headBytes() : null),
    seen: () => ({
      answered: isBegun,
      start: tap?.came()?.bytes,
      refusal: tap?.refusal() ?? null,
    }),
    beforeAnswer() {
      isBegun = true
      for (const tell of flaws ?? []) tell()
      flaws = null
    },
    afterAnswer() {
      this.beforeAnswer()
      isAnswered = true
      tellSurplus()
    },
    end() {
      tap?.end()
    },
  }
}

/** In HTTP/2 what has come is frames, and the error names those that it is about. */
const framesOnly: Came = { bytes: new Uint8Array(0), sizeBytes: 0 }

/** The line of a body at which Node's parser broke off, and what came with it; in HTTP/2 all that the error is about. */
function brokenLine(error: Error, faultBytes: number): Came | null {
  if (!('rawPacket' in error && error.rawPacket instanceof Uint8Array)) return null
  const { rawPacket } = error
  const at = 'bytesParsed' in error ? Number(error.bytesParsed) : 0
  const line = at === 0 ? 0 : rawPacket.lastIndexOf(0x0a, at - 1) + 1
  return { bytes: rawPacket.slice(line, line + faultBytes), sizeBytes: rawPacket.length - line }
}

function stoppedWords({ sizeBytes }: Came): string {
  return `The session was stopped while the head of the answer was still arriving: ${formatSize(sizeBytes)} had come.`
}

/** A head may have thousands of them, which its bytes show. */
const mostFlaws = 10

function flawWords(flaws: readonly string[]): string {
  const told = flaws.slice(0, mostFlaws)
  const more = flaws.length - told.length
  const words = more === 0 ? told : [...told, `and ${formatCount(more)} more`]
  return `The head of the answer breaks the rules: ${words.join('; ')}. It is read as browsers and curl read it.`
}

const chunkWords =
  'The chunks of the body break the rules: a line ends with LF alone, or what stands behind a size or the last chunk is not as it should be. They are read as curl reads them.'

/** Of what belongs to no answer. */
export function surplusWords(sizeBytes: number): string {
  return `${formatSize(sizeBytes)} came behind the end of the answer. They belong to none, and the connection was closed.`
}
