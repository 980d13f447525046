// One HTTP request and its response over a socket, as frames: what was sent, what came, when, what failed.

import type { Fault } from '../../protocols/fault.ts'
import {
  badEncoding,
  switchedProtocols,
  tooLarge,
  tooManyInformational,
} from '../../protocols/http/httpFault.ts'
import { ofOtherUrl } from '../../protocols/http/ofOtherUrl.ts'
import type { HttpRequest } from '../../protocols/http/redirect.ts'
import { fittingMethod } from '../../protocols/stream/fittingMethod.ts'
import type { ConnectAnswer } from '../network/openTunnel.ts'
import type { SentAnswer, SentInformation, SentUpgrade } from '../sentRequest.ts'
import { type AnswerBody, createAnswerBody, createKeptBody, type ReadAnswer } from './answerBody.ts'
import type { AnswerHead, BodyPlan, ExchangeContext, HopResult, Reading } from './exchange.ts'
import { errorFault, lateFault, type PlannedHop, planHop } from './hopPlan.ts'
import { type Answer, createHopRecord, type HopRecord, noBody } from './hopRecord.ts'
import { createHopTap } from './hopTap.ts'
import { tellOfHttp2 } from './http2Notices.ts'
import { type BodyReader, readBody } from './httpBody.ts'
import { refusedTunnel, unsendableRequest } from './httpRequest.ts'
import { repeatWords } from './repeatWords.ts'
import { mayBeHttp2, type Sending, startSending } from './sending.ts'

/** Rejects only for our own fault. */
export function httpHop(
  hop: HttpRequest,
  reading: Reading,
  context: ExchangeContext,
): Promise<HopResult> {
  if (context.io.signal.aborted) return Promise.resolve({ kind: 'stopped' })
  const planned = planHop(hop, reading, context)
  const record = createHopRecord(planned)
  let sending: Sending
  try {
    sending = startSending(planned)
  } catch (error) {
    const fault = unsendableRequest(error)
    const seq = record.error(fault, 'in')
    return Promise.resolve({ kind: 'failed', fault, seq, head: null })
  }
  if (mayBeHttp2(planned.route)) tellOfHttp2(sending, planned, record)
  return runHop(sending, planned, record)
}

const stopped: HopResult = { kind: 'stopped' }

/** An answer whose head has come. */
interface Arriving extends ReadAnswer {
  /** What is done with the rest; null before there is a plan. */
  body: AnswerBody | null
}

/** An answer that ends before there is a plan counts as kept. */
function bodyOf(one: Arriving, planned: PlannedHop, record: HopRecord): AnswerBody {
  one.body ??= createKeptBody({ kind: 'collect' }, one, planned, record)
  return one.body
}

function keepCookies({ hop, context }: PlannedHop, head: AnswerHead, record: HopRecord): void {
  const refused = context.network.cookies?.take(head.headers, hop.url) ?? null
  if (refused !== null) record.notice('local', 'cookie-refused', refused)
}

/**
 * Sends the request and reads its answer. What comes first of the answer's end, a fault, the timeout and the
 * user's stop ends it. The timeout counts from the start of the first stage, and until a stream is accepted.
 *
 *   asking ──head──► reading ──end, enough, stop, a fault found here─────────────► over
 *     │                 └──timeout, error, stop──► draining ──what had come is decoded──► over
 *     └──timeout, error, stop, a fault found here──────────────────────────────────► over
 */
function runHop(sending: Sending, planned: PlannedHop, record: HopRecord): Promise<HopResult> {
  const { hop, reading, context, route, meter, io, limits } = planned
  const { promise, resolve, reject } = Promise.withResolvers<HopResult>()
  let stage: 'asking' | 'reading' | 'draining' | 'over' = 'asking'
  /** From the second stage on. */
  let arriving: Arriving | null = null
  let informational = 0
  const { method } = hop
  const { network } = context
  const request = sending.current
  const guarded = guardedBy(() => stage === 'draining' || isOver(), handleThrown)
  const tap = createHopTap({ method, network, limits, io, meter, record, request })
  const timer = setTimeout(guarded(handleTimeout), Math.min(reading.timeoutMs, limits.maxDelayMs))
  io.signal.addEventListener('abort', handleAbort)
  guarded(ask)()
  return promise

  function isOver(): boolean {
    return stage === 'over'
  }

  function ask(): void {
    sending.on('socket', guarded(tap.attach))
    sending.on('finish', guarded(handleSent))
    sending.on('response', guarded(handleHead))
    sending.on('information', guarded(handleInformation))
    // Without this, Node would only destroy the request.
    const handleUpgrade = (res: SentUpgrade) =>
      fail(recordSwitch(answerOf(res), res, record), 'in', null)
    sending.on('upgrade', guarded(handleUpgrade))
    sending.on('error', guarded(handleError))
    if (route.proxy !== undefined) sending.on('proxyConnect', guarded(handleProxy))
    // Whoever was told something before may have stopped.
    if (io.signal.aborted) handleAbort()
    else sending.send()
  }

  function handleSent(): void {
    record.request(sending.current())
  }

  function handleProxy(answer: ConnectAnswer): void {
    const fault = refusedTunnel(answer, hop.url, route)
    if (fault !== null) fail(fault)
  }

  function handleInformation(info: SentInformation): void {
    meter.awaitAnswer()
    if (++informational > limits.informational) fail(tooManyInformational(limits.informational))
    else record.information(info)
  }

  function answerOf(res: SentAnswer): Answer {
    handleSent()
    return record.answer(sending.current(), res, tap.mendedHead(), tap.headBytes())
  }

  function handleHead(res: SentAnswer): void {
    const answer = answerOf(res)
    // Whoever is told of something may stop.
    if (isOver()) return
    stage = 'reading'
    arriving = read(answer)
    tap.beforeAnswer()
    if (!isOver()) keepCookies(planned, answer.head, record)
    if (!isOver()) follow(reading.plan(answer.head), arriving)
  }

  /** The body's bytes come in a later turn, when there is a plan. */
  function read(answer: Answer): Arriving {
    const { res, codings } = answer
    res.on('error', guarded(handleError))
    const reader = readBody(res, codings, {
      chunk: handleChunk,
      end: guarded((at) => finish(at, false)),
      broken: guarded((error) => fail(badEncoding(codings, error))),
      thrown: handleThrown,
    })
    return { answer, reader, body: null }
  }

  function follow(plan: BodyPlan, one: Arriving): void {
    if (isOver()) return
    one.body = createAnswerBody(plan, one, planned, record, () => clearTimeout(timer))
    one.body.open()
  }

  function handleChunk(bytes: Uint8Array, at: number): void | Promise<void> {
    if (stage === 'over') return
    const taken = arriving?.body?.chunk(bytes, at)
    if (taken === 'enough') finish(at, true)
    else if (taken === 'too-large') fail(tooLarge('The body', limits.messageBytes))
    else return taken
  }

  /** The body is complete, or as much of it is there as is wanted: then it is `cut`. */
  function finish(at: number, cut: boolean): void {
    if (arriving === null) return
    leave()
    resolve(bodyOf(arriving, planned, record).complete(at, cut))
    if (cut) sending.destroy()
    else tap.afterAnswer()
  }

  function handleTimeout(): void {
    const fault = lateFault(planned, arriving === null ? 'answer' : 'body')
    afterRest(arriving?.reader, () => fail(fault, 'local'))
  }

  /** The connection failed. What arrived before is still decoded. */
  function handleError(error: Error): void {
    const again = arriving === null ? repeatWords(sending.current(), error, planned) : null
    if (again !== null) {
      record.notice('local', 'connection-stale', again, tap.came() ?? undefined)
      leave()
      resolve({ kind: 'stale' })
      return
    }
    const fault = errorFault(error, planned, tap.seen())
    const came = tap.cameBy(error)
    afterRest(arriving?.reader, () => fail(fault, 'in', came))
  }

  function afterRest(reader: BodyReader | undefined, end: () => void): void {
    if (reader === undefined) guarded(end)()
    else {
      stage = 'draining'
      clearTimeout(timer)
      reader.drain().then(end).catch(handleThrown)
    }
  }

  function fail(fault: Fault, direction: 'in' | 'local' = 'in', came = tap.came()): void {
    if (stage === 'over') return
    // The head left, but the fault came before the last byte of the body did.
    if (meter.connected() && meter.bytesOut() > 0) handleSent()
    leave()
    sending.destroy()
    const rest = arriving && bodyOf(arriving, planned, record).breakOff()
    const head = arriving?.answer.head ?? null
    tap.beforeAnswer()
    const seq = record.error(fitted(fault, planned, head), direction, came ?? rest)
    resolve(io.signal.aborted ? stopped : { kind: 'failed', fault, seq, head })
  }

  function handleAbort(): void {
    // What is being drained ends soon, with the fault that it drains for.
    if (stage === 'over' || stage === 'draining') return
    afterRest(arriving?.reader.isDecoding() ? arriving.reader : undefined, stop)
  }

  function stop(): void {
    leave()
    sending.destroy()
    const untold = tap.stopped()
    if (arriving !== null) bodyOf(arriving, planned, record).stop()
    resolve(untold === null ? stopped : { kind: 'stopped', untold })
  }

  /** Also when it is over and the result is still being made. */
  function handleThrown(error: unknown): void {
    if (stage !== 'over') leave()
    sending.destroy()
    reject(error)
  }

  function leave(): void {
    stage = 'over'
    clearTimeout(timer)
    io.signal.removeEventListener('abort', handleAbort)
    meter.report(io.wire)
    if (record.isSent()) io.awaiting?.(false)
  }
}

/** The answer that switches to another protocol, and why it is none. */
function recordSwitch(answer: Answer, { headers }: SentUpgrade, record: HopRecord): Fault {
  record.response(answer, answer.head.at, noBody, answer.headBytes, undefined)
  return switchedProtocols(headers.upgrade ?? '')
}

/**
 * For events: deaf once a fault is known, and what is thrown is our own fault. An exception in a socket's event would
 * end the whole worker.
 */
function guardedBy(isDeaf: () => boolean, handleThrown: (error: unknown) => void) {
  return <T extends readonly unknown[]>(handle: (...args: T) => void) =>
    (...args: T): void => {
      if (isDeaf()) return
      try {
        handle(...args)
      } catch (error) {
        handleThrown(error)
      }
    }
}

/** An answer that does not end may be a stream's. */
function fitted(
  fault: Fault,
  { reading: { purpose }, route }: PlannedHop,
  head: AnswerHead | null,
): Fault {
  const told = route.own && purpose !== 'companion' ? fault : ofOtherUrl(fault)
  const isEndless = fault.code === 'http-timeout' || fault.code === 'message-too-large'
  if (head === null || !isEndless) return told
  const { fits } = fittingMethod(purpose, head)
  if (fits === undefined) return told
  return { ...told, fits, ...(fits === 'sse' && { advice: streamAdvice }) }
}

const streamAdvice =
  'The answer is a stream, which goes on for as long as it likes: watch it by Server-Sent Events.'
