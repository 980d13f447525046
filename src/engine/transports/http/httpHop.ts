// One HTTP request and its response over a socket, as frames: what was sent, what came, when, what failed.

import type { ClientRequest, IncomingMessage, InformationEvent } from 'node:http'
import type { Socket } from 'node:net'
import {
  badEncoding,
  switchedProtocols,
  tooManyInformational,
} from '../../protocols/http/httpFault.ts'
import type { Hop } from '../../protocols/http/redirect.ts'
import { credentialsOf, requestHeaders } from '../../protocols/http/requestHeaders.ts'
import { msBetween, now } from '../clock.ts'
import { createKeptBody, createStreamedBody, type HopParts } from './answerBody.ts'
import type { BodyPlan, ExchangeContext, HopResult, Reading } from './exchange.ts'
import { type Answer, createHopRecord, type HopFacts, type HopRecord } from './hopRecord.ts'
import { type Arriving, createVerdict } from './hopVerdict.ts'
import { readBody } from './httpBody.ts'
import { type ConnectAnswer, openRequest, refusedTunnel, unsendableRequest } from './httpRequest.ts'
import { informationalWords } from './nodeFacts.ts'
import { createSocketMeter } from './socketMeter.ts'

/** Rejects only for our own fault. */
export function httpHop(hop: Hop, reading: Reading, context: ExchangeContext): Promise<HopResult> {
  if (context.io.signal.aborted) return Promise.resolve({ kind: 'stopped' })
  const facts = prepare(hop, reading, context)
  const record = createHopRecord(facts)
  let req: ClientRequest
  try {
    req = openRequest(hop, facts.headers, context.network, context.limits)
  } catch (error) {
    const fault = unsendableRequest(error)
    const seq = record.error(fault, 'in')
    return Promise.resolve({ kind: 'failed', fault, seq, head: null })
  }
  return converse(req, facts, record)
}

function prepare(hop: Hop, reading: Reading, context: ExchangeContext): HopFacts {
  const { network } = context
  const { cookies } = network
  const { url } = hop
  const startedAt = now()
  const body = typeof hop.body === 'string' ? Buffer.from(hop.body) : hop.body
  const basic = credentialsOf(url)
  const wished = cookies === null ? hop : { ...hop, headers: cookies.addTo(hop.headers, url) }
  return {
    hop,
    reading,
    context,
    headers: requestHeaders(wished, body?.byteLength ?? null, basic),
    basic,
    body,
    way: network.wayTo(url),
    meter: createSocketMeter(startedAt, url),
    startedAt,
  }
}

/** Sends the request and reads its answer. */
function converse(req: ClientRequest, facts: HopFacts, record: HopRecord): Promise<HopResult> {
  const { context, reading, way, meter } = facts
  const { limits, io, network } = context
  const { url } = facts.hop
  const verdict = createVerdict(req, facts, record)
  const { guarded, fail } = verdict
  const parts: HopParts = { facts, record, finish: verdict.finish, fail }
  let informational = 0

  guarded(send)()
  return verdict.result

  function send(): void {
    req.on('socket', guarded(handleSocket))
    req.on('finish', guarded(handleSent))
    req.on('response', guarded(handleHead))
    req.on('information', guarded(handleInformation))
    req.on('upgrade', guarded(handleUpgrade))
    req.on('error', guarded(verdict.handleError))
    if (way.proxy !== undefined) req.on('proxyConnect', guarded(handleProxy))
    req.end(facts.body ?? undefined)
  }

  function handleSocket(socket: Socket): void {
    meter.attach(socket, req.reusedSocket)
  }

  function handleSent(): void {
    record.request(req)
  }

  function handleProxy(answer: ConnectAnswer): void {
    const fault = refusedTunnel(answer, url, way)
    if (fault !== null) fail(fault)
  }

  function handleInformation(info: InformationEvent): void {
    if (++informational > limits.informational) {
      fail(tooManyInformational(limits.informational))
      return
    }
    if (info.statusCode === 100) return
    record.notice('in', 'http-informational', informationalWords(info))
  }

  /** Without this, Node would only destroy the request. */
  function handleUpgrade({ headers }: IncomingMessage): void {
    fail(switchedProtocols(headers.upgrade ?? ''))
  }

  function handleHead(res: IncomingMessage): void {
    const at = now()
    meter.timings.firstByteMs = msBetween(facts.startedAt, at)
    record.request(req)
    const answer = record.answer(req, res, at)
    const { head } = answer
    const arriving = read(answer)
    verdict.answered(arriving)
    const refused = network.cookies?.take(head.headers, url) ?? null
    if (refused !== null) record.notice('local', 'cookie-refused', refused)
    follow(reading.plan(head), answer, arriving)
  }

  /** The body's bytes come in a later turn, when there is a plan. What is stopped before counts as kept. */
  function read(answer: Answer): Arriving {
    const { head, res, codings } = answer
    res.on('error', guarded(verdict.handleError))
    const reader = readBody(res, codings, {
      chunk: (bytes, at) => (verdict.isOver() ? undefined : arriving.body.chunk(bytes, at)),
      end: guarded((at) => verdict.finish(at, false)),
      broken: guarded((error) => fail(badEncoding(codings, error))),
      thrown: verdict.handleThrown,
    })
    const arriving = { head, reader, body: createKeptBody({ kind: 'collect' }, answer, parts) }
    return arriving
  }

  function follow(plan: BodyPlan, answer: Answer, arriving: Arriving): void {
    if (plan.kind === 'collect') {
      arriving.body = createKeptBody(plan, answer, parts)
      return
    }
    verdict.untimed()
    const stream = createStreamedBody(plan, answer, parts)
    arriving.body = stream
    stream.open()
    io.awaiting?.(false)
  }
}
