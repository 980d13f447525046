// The body of an answer: kept for the response's frame, or handed on as a stream.

import { headerValue } from '../../../shared/frame/headerFields.ts'
import type { Unfinished } from '../../../shared/session/unfinished.ts'
import { formatSize } from '../../../shared/text/units.ts'
import type { Came } from '../../protocols/bytes/cameBytes.ts'
import { type BodyWire, createBodyWire, createKnownWire } from '../../protocols/http/bodyWire.ts'
import { now } from '../clock.ts'
import type { BodyPlan, HopResult, Reading, SettledPlan, StreamEnd } from './exchange.ts'
import type { Answer, HopFacts, HopRecord } from './hopRecord.ts'
import { type BodyReader, createCollector } from './httpBody.ts'

/** Each ends with one call of `complete`, `breakOff` or `stop`. */
export interface AnswerBody {
  /** Makes the response's frame where that is made at once. Whoever is told of it may stop: the body is in place by then. */
  open(): void
  /**
   * Takes decoded bytes that came at `at`, epoch ms. A promise holds the socket back. `enough`: as much came as is
   * wanted, `complete` follows; `too-large`: more than is read, `breakOff` follows.
   */
  chunk(bytes: Uint8Array, at: number): void | Promise<void> | 'enough' | 'too-large'
  /** It came to its end at `at`, or as far as it is wanted: then it is `cut`. */
  complete(at: number, cut: boolean): HopResult
  /** A fault broke it off, whose frame follows. Answers with what came and gave nothing, where no frame has told it. */
  breakOff(): Came | null
  /** The user broke it off. */
  stop(): void
}

/** What a body has of its hop. */
interface BodyFacts extends Pick<HopFacts, 'meter' | 'io' | 'limits'> {
  readonly reading: Pick<Reading, 'annotate'>
}

/** An answer and what reads its body. */
export interface ReadAnswer {
  readonly answer: Answer
  readonly reader: BodyReader
}

type PlanOf<K extends BodyPlan['kind']> = Extract<BodyPlan, { kind: K }>

/** `streams` is called before a stream opens. */
export function createAnswerBody(
  plan: BodyPlan,
  read: ReadAnswer,
  facts: BodyFacts,
  record: HopRecord,
  streams: () => void,
): AnswerBody {
  if (plan.kind === 'collect') return createKeptBody(plan, read, facts, record)
  if (plan.kind === 'stream') return createStreamedBody(plan, read, facts, record, streams)
  return createUndecidedBody(plan, (settled) => {
    return createAnswerBody(settled, read, facts, record, streams)
  })
}

/** Its response's frame is made when it has ended. */
export function createKeptBody(
  plan: PlanOf<'collect'>,
  { answer, reader }: ReadAnswer,
  { meter, reading, limits, io }: BodyFacts,
  record: HopRecord,
): AnswerBody {
  const { payloadBytes, messageBytes, faultBytes } = limits
  const { head } = answer
  const collector = createCollector(payloadBytes)
  io.unfinished?.(waiting)

  function waiting(): Unfinished | null {
    const bytes = collector.sizeBytes()
    if (bytes === 0) return reader.undecodedSoFar()
    const ofBytes = announcedBytes(answer)
    return { bytes, ...(ofBytes !== null && { ofBytes }), since: head.at, awaits: 'body' }
  }

  function emitPartial(): Came | null {
    const sizeBytes = collector.sizeBytes()
    const collected = { bytes: collector.take(), sizeBytes, stopped: false }
    record.response(answer, now(), collected, meter.bytesIn(), undefined)
    return undecoded(false)
  }

  function undecoded(complete: boolean): Came | null {
    const { bytes, sizeBytes } = reader.undecoded(complete)
    return sizeBytes === 0 ? null : { bytes: bytes.slice(0, faultBytes), sizeBytes }
  }

  return {
    open() {},
    chunk(bytes, at) {
      collector.add(bytes)
      plan.arrived?.(bytes, at)
      const sizeBytes = collector.sizeBytes()
      if (plan.stopAtBytes !== undefined && sizeBytes >= plan.stopAtBytes) return 'enough'
      return sizeBytes > messageBytes ? 'too-large' : undefined
    },
    complete(at, cut) {
      const sizeBytes = collector.sizeBytes()
      const body = collector.take()
      const annotation = reading.annotate(head, body, sizeBytes)
      const collected = { bytes: body, sizeBytes, stopped: cut }
      const seq = record.response(answer, at, collected, meter.bytesIn(), annotation)
      const behind = cut ? null : undecoded(true)
      if (behind !== null) record.notice('in', 'http-surplus', behindWords(behind), behind)
      return { kind: 'answered', head, body, sizeBytes, seq, at }
    },
    breakOff: emitPartial,
    stop() {
      const rest = emitPartial()
      record.notice('local', 'stopped-in-body', stoppedWords(io.signal.reason), rest ?? undefined)
    },
  }
}

/** What the head says of the body's size; null where that is not what is collected. */
function announcedBytes({ head, codings }: Answer): number | null {
  const length = headerValue(head.headers, 'content-length')
  const chunked = headerValue(head.headers, 'transfer-encoding') !== null
  return length !== null && /^\d+$/.test(length) && !chunked && codings.length === 0
    ? Number(length)
    : null
}

/** An abort that is not the user's has a sentence as its reason. */
function stoppedWords(reason: unknown): string {
  return typeof reason === 'string'
    ? reason
    : 'The session was stopped while the body was still arriving.'
}

function behindWords({ sizeBytes }: Came): string {
  return `${formatSize(sizeBytes)} of the body came behind the end of its compressed data, and belong to nothing.`
}

/** `settle` makes the body that a plan asks for. */
function createUndecidedBody(
  plan: PlanOf<'undecided'>,
  settle: (plan: SettledPlan) => AnswerBody,
): AnswerBody {
  let start = Buffer.alloc(0)
  let cameAt = now()
  let settled: AnswerBody | null = null

  function follow(next: SettledPlan): AnswerBody {
    settled = settle(next)
    settled.open()
    return settled
  }

  /** No more will come that could tell. */
  function whole(): AnswerBody {
    if (settled !== null) return settled
    const body = follow(plan.decide(start, true) ?? { kind: 'collect' })
    if (start.length > 0) body.chunk(start, cameAt)
    return body
  }

  return {
    open() {},
    chunk(bytes, at) {
      if (settled !== null) return settled.chunk(bytes, at)
      start = Buffer.concat([start, bytes])
      cameAt = at
      const next = plan.decide(start, false)
      return next === null ? undefined : follow(next).chunk(start, at)
    },
    complete: (at, cut) => whole().complete(at, cut),
    breakOff: () => whole().breakOff(),
    stop: () => whole().stop(),
  }
}

function createStreamedBody(
  plan: PlanOf<'stream'>,
  { answer, reader }: ReadAnswer,
  { meter, io }: Pick<BodyFacts, 'meter' | 'io'>,
  record: HopRecord,
  streams: () => void,
): AnswerBody {
  const { head, headBytes: toldBytes } = answer
  const wire = bodyWireOf(answer, toldBytes)
  let seq = 0

  function waiting(): Unfinished | null {
    return plan.waiting?.() ?? reader.undecodedSoFar()
  }

  function end(by: StreamEnd['by'], at: number): void {
    io.unfinished?.(null)
    const wireBytes = wire.rest(meter.bytesIn())
    plan.over?.({ by, at, wireBytes, undecoded: reader.undecoded(by === 'server') })
  }

  return {
    open() {
      streams()
      seq = record.response(answer, head.at, null, toldBytes, plan.annotation)
      io.awaiting?.(false)
      io.unfinished?.(waiting)
    },
    chunk(bytes, at) {
      meter.report(io.wire)
      return plan.chunk(bytes, at, wire.take(bytes.length, meter.bytesIn()))
    },
    complete(at) {
      end('server', at)
      return { kind: 'answered', head, body: new Uint8Array(0), sizeBytes: 0, seq, at }
    },
    breakOff() {
      end('broken', now())
      return null
    },
    stop: () => end('stopped', now()),
  }
}

function bodyWireOf({ head, codings, res }: Answer, toldBytes: number): BodyWire {
  if (codings.length > 0) return createBodyWire('coded', toldBytes)
  if (res.wireAt) return createKnownWire(res.wireAt, toldBytes)
  const isChunked = headerValue(head.headers, 'transfer-encoding') !== null
  return createBodyWire(isChunked ? 'chunks' : 'none', toldBytes)
}
