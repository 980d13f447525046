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
import { type Goaway, goawayWords } from '../../protocols/http2/http2Fault.ts'
import { fittingMethod } from '../../protocols/stream/fittingMethod.ts'
import type { ConnectAnswer } from '../network/openTunnel.ts'
import type { SentAnswer, SentInformation, SentUpgrade } from '../sentRequest.ts'
import { type AnswerBody, createAnswerBody, createKeptBody, type ReadAnswer } from './answerBody.ts'
import type { AnswerHead, BodyPlan, ExchangeContext, HopResult, Reading } from './exchange.ts'
import { errorFault, lateFault, type PlannedHop, planHop } from './hopPlan.ts'
import { type Answer, createHopRecord, type HopRecord, noBody } from './hopRecord.ts'
import { createHopTap } from './hopTap.ts'
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

/** What only HTTP/2 has to tell. */
function tellOfHttp2(sending: Sending, { hop, context }: PlannedHop, record: HopRecord): void {
  const { network } = context
  const farewell = network.http2.takeFarewell(hop.url)
  if (farewell !== null) tellGoaway(farewell, record)
  // Unchanged polls are folded where nothing stands between them.
  if (network.hasWireLayer) sending.on('control', record.control)
  sending.on('lastOne', (goaway) => tellGoaway(goaway, record))
  sending.on('socket', () => tellLeftFields(sending, hop, record))
}

/** Those that every request of ours has in HTTP/1.1 are not told. */
function tellLeftFields(sending: Sending, { headers }: HttpRequest, record: HopRecord): void {
  const { left = [] } = sending.current().http2 ?? {}
  const given = left.filter((name) => headers.some(([one]) => one === name))
  if (given.length === 0) return
  const fields = given.length === 1 ? 'the field' : 'the fields'
  const message = `HTTP/2 does not have ${fields} ${given.join(', ')}, which the request goes without.`
  record.notice('local', 'http2-fields-left', message)
}

function tellGoaway(goaway: Goaway, record: HopRecord): void {
  const message = `The server takes no more requests on this connection: ${goawayWords(goaway)}.`
  record.notice('in', 'http2-going-away', message)
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
  const { method, url } = hop
  const { network } = context
  const request = sending.current
  const tap = createHopTap({ method, url, network, limits, io, meter, record, request })
  const timer = setTimeout(guarded(handleTimeout), Math.min(reading.timeoutMs, limits.maxDelayMs))
  io.signal.addEventListener('abort', handleAbort)
  guarded(ask)()
  return promise

  /**
   * For events: deaf once a fault is known, and what is thrown is our own fault. An exception in a socket's
   * event would end the whole worker.
   */
  function guarded<T extends readonly unknown[]>(handle: (...args: T) => void) {
    return (...args: T) => {
      if (stage === 'draining' || stage === 'over') return
      try {
        handle(...args)
      } catch (error) {
        handleThrown(error)
      }
    }
  }

  function ask(): void {
    sending.on('socket', guarded(tap.attach))
    sending.on('finish', guarded(handleSent))
    sending.on('response', guarded(handleHead))
    sending.on('information', guarded(handleInformation))
    // Without this, Node would only destroy the request.
    const handleUpgrade = (res: SentUpgrade) => fail(recordSwitch(answerOf(res), res, record))
    sending.on('upgrade', guarded(handleUpgrade))
    sending.on('error', guarded(handleError))
    if (route.proxy !== undefined) sending.on('proxyConnect', guarded(handleProxy))
    sending.send()
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
    tap.beforeAnswer()
    return record.answer(sending.current(), res, tap.mendedHead(), tap.headBytes())
  }

  function handleHead(res: SentAnswer): void {
    const answer = answerOf(res)
    // Whoever was told of the request may have stopped.
    if (stage === 'over') return
    stage = 'reading'
    arriving = read(answer)
    keepCookies(planned, answer.head, record)
    follow(reading.plan(answer.head), arriving)
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
    tap.stopped()
    if (arriving !== null) bodyOf(arriving, planned, record).stop()
    resolve(stopped)
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

/** An answer that does not end may be a stream's. */
function fitted(
  fault: Fault,
  { reading: { purpose }, route }: PlannedHop,
  head: AnswerHead | null,
): Fault {
  const told = route.own && purpose !== 'companion' ? fault : ofOtherUrl(fault)
  const isEndless = fault.code === 'http-timeout' || fault.code === 'message-too-large'
  return head === null || !isEndless ? told : { ...told, ...fittingMethod(purpose, head) }
}
