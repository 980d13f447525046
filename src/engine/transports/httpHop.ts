// One HTTP request and its response over a socket, as frames: what was sent, what came, when, what failed.

import type { ClientRequest, IncomingMessage, InformationEvent } from 'node:http'
import type { Socket } from 'node:net'
import type { Fault } from '../protocols/fault.ts'
import {
  badEncoding,
  switchedProtocols,
  timeoutFault,
  tooLarge,
  tooManyInformational,
} from '../protocols/httpFault.ts'
import { networkError } from '../protocols/networkError.ts'
import type { Hop } from '../protocols/redirect.ts'
import { credentialsOf, headerValue, requestHeaders } from '../protocols/requestHeaders.ts'
import { msBetween, now } from './clock.ts'
import type { BodyPlan, ExchangeContext, HopResult, Reading } from './exchange.ts'
import { type Answer, createHopRecord } from './hopRecord.ts'
import { type BodyReader, createCollector, knownCodings, readBody } from './httpBody.ts'
import {
  type ConnectAnswer,
  openRequest,
  refusedTunnel,
  unsendableRequest,
  wasStale,
} from './httpRequest.ts'
import { headBytes, headerPairs, informationalWords } from './nodeFacts.ts'
import { createSocketMeter } from './socketMeter.ts'

/** Rejects only for our own fault. */
export function httpHop(hop: Hop, reading: Reading, context: ExchangeContext): Promise<HopResult> {
  const { network, limits, io } = context
  const { url } = hop
  const { promise, resolve, reject } = Promise.withResolvers<HopResult>()
  const startedAt = now()
  const body = typeof hop.body === 'string' ? Buffer.from(hop.body) : hop.body
  const way = network.wayTo(url)
  const basic = credentialsOf(url)
  const { cookies } = network
  const wished = cookies === null ? hop : { ...hop, headers: cookies.addTo(hop.headers, url) }
  const headers = requestHeaders(wished, body?.byteLength ?? null, basic)
  const meter = createSocketMeter(startedAt, url)
  const collector = createCollector(limits.payloadBytes)
  const { purpose } = reading
  const record = createHopRecord(
    { hop, purpose, headers, basic, body, way, meter, startedAt },
    context,
  )

  let req: ClientRequest | null = null
  let sentAt = startedAt
  let answer: Answer | null = null
  let reader: BodyReader | null = null
  /** A decoder gives the body's bytes, later than they arrived. */
  let decoding = false
  let plan: BodyPlan = { kind: 'collect' }
  let lastByteAt = startedAt
  let streamSeq: number | null = null
  let streamedBytes = 0
  /** A fault is known; what arrived before it may still be decoded. */
  let failing = false
  let timedOut = false
  let informational = 0
  let settled = false

  const timer = setTimeout(handleTimeout, Math.min(reading.timeoutMs, limits.maxDelayMs))
  io.signal.addEventListener('abort', handleAbort)
  if (io.signal.aborted) handleAbort()
  else guarded(send)()
  return promise

  // An exception in a socket's event would end the whole worker.
  function guarded<T extends readonly unknown[]>(handle: (...args: T) => void) {
    return (...args: T) => {
      if (settled || failing) return
      try {
        handle(...args)
      } catch (error) {
        handleThrown(error)
      }
    }
  }

  function send(): void {
    try {
      req = openRequest(hop, headers, network, limits)
    } catch (error) {
      fail(unsendableRequest(error))
      return
    }
    req.on('socket', guarded(handleSocket))
    req.on('finish', guarded(handleSent))
    req.on('response', guarded(handleHead))
    req.on('information', guarded(handleInformation))
    req.on('upgrade', guarded(handleUpgrade))
    req.on('error', guarded(handleError))
    if (way.proxy !== undefined) req.on('proxyConnect', guarded(handleProxy))
    req.end(body ?? undefined)
  }

  function handleSocket(socket: Socket): void {
    meter.attach(socket, req?.reusedSocket ?? false)
  }

  function handleSent(): void {
    if (record.requestSeq !== null || req === null) return
    sentAt = now()
    record.request(req, sentAt, reading.sent?.(sentAt))
    meter.report(io.wire)
    io.awaiting?.(true)
  }

  function handleInformation(info: InformationEvent): void {
    if (++informational > limits.informational) {
      fail(tooManyInformational(limits.informational))
      return
    }
    if (info.statusCode === 100) return
    record.note('notice', 'in', 'http-informational', { message: informationalWords(info) })
  }

  /** Without this, Node would only destroy the request. */
  function handleUpgrade(response: IncomingMessage): void {
    fail(switchedProtocols(response.headers.upgrade ?? ''))
  }

  function handleHead(response: IncomingMessage): void {
    const at = now()
    lastByteAt = at
    meter.timings.firstByteMs = msBetween(startedAt, at)
    handleSent()
    const head = {
      url,
      status: response.statusCode ?? 0,
      statusText: response.statusMessage ?? '',
      headers: headerPairs(response.rawHeaders),
      requestSeq: record.requestSeq ?? 0,
      at,
      holdMs: msBetween(sentAt, at),
    }
    const codings = knownCodings(headerValue(head.headers, 'content-encoding')) ?? []
    decoding = codings.length > 0
    answer = { head, res: response, reused: req?.reusedSocket ?? false, codings }
    const refused = cookies?.take(head.headers, url) ?? null
    if (refused !== null) {
      record.note('notice', 'local', 'cookie-refused', { message: refused })
    }
    plan = reading.plan(head)
    if (plan.kind === 'stream') {
      clearTimeout(timer)
      streamedBytes = headBytes(response)
      streamSeq = record.response(answer, at, null, streamedBytes, plan.annotation)
      io.awaiting?.(false)
    }
    response.on('error', guarded(handleError))
    if (decoding || plan.kind === 'stream') {
      response.on('data', () => {
        lastByteAt = now()
      })
    }
    reader = readBody(response, codings, {
      chunk: handleChunk,
      end: guarded(() => finish(false)),
      broken: guarded((error) => fail(badEncoding(codings, error))),
      thrown: handleThrown,
    })
  }

  function handleChunk(bytes: Uint8Array): void | Promise<void> {
    if (settled) return
    if (plan.kind === 'stream') {
      meter.report(io.wire)
      const wireBytes = Math.max(0, meter.bytesIn() - streamedBytes)
      streamedBytes += wireBytes
      return plan.chunk(bytes, lastByteAt, wireBytes)
    }
    collector.add(bytes)
    plan.arrived?.(bytes, decoding ? lastByteAt : now())
    if (plan.stopAtBytes !== undefined && collector.sizeBytes >= plan.stopAtBytes) {
      finish(true)
      req?.destroy()
    } else if (collector.sizeBytes > limits.messageBytes) {
      fail(tooLarge('The body', limits.messageBytes))
    }
  }

  function finish(stopped: boolean): void {
    if (answer === null) return
    const { head } = answer
    const at = decoding ? lastByteAt : now()
    settle()
    if (streamSeq !== null) {
      resolve({ kind: 'answered', head, body: new Uint8Array(0), sizeBytes: 0, seq: streamSeq })
      return
    }
    const { sizeBytes } = collector
    const bytes = collector.take()
    const annotation = reading.annotate(head, bytes, sizeBytes)
    const collected = { bytes, sizeBytes, stopped }
    const seq = record.response(answer, at, collected, meter.bytesIn(), annotation)
    resolve({ kind: 'answered', head, body: bytes, sizeBytes, seq })
  }

  function handleTimeout(): void {
    if (settled || failing) return
    timedOut = true
    const phase = meter.phase() ?? (answer === null ? 'answer' : 'body')
    const own = phase === 'answer' ? reading.unanswered?.(reading.timeoutMs) : undefined
    failAfterRest(own ?? timeoutFault(reading.timeoutMs, { phase, ...faultPlace() }))
  }

  function handleProxy(answer: ConnectAnswer): void {
    const fault = refusedTunnel(answer, url, way)
    if (fault !== null) fail(fault)
  }

  function handleError(error: Error): void {
    if (req && answer === null && meter.bytesIn() === 0 && wasStale(req, error)) {
      record.note('notice', 'local', 'connection-stale', {
        message: 'The server had closed the kept connection: the request goes out on a new one.',
      })
      settle()
      resolve({ kind: 'stale' })
      return
    }
    failAfterRest(networkError(error, { ...faultPlace(), answered: answer !== null }))
  }

  function faultPlace() {
    const proxy = meter.attached ? undefined : way.proxy
    const { peer: host, certified } = way
    return { host, proxy, secure: url.protocol === 'https:', certified }
  }

  function handleAbort(): void {
    if (settled) return
    // A stream's response may be what is being recorded just now: whoever is told of it may stop.
    const unfinished = plan.kind === 'stream' ? null : answer
    settle()
    req?.destroy()
    if (unfinished) {
      emitPartial(unfinished)
      const message = 'Stopped while the body was still arriving.'
      record.note('notice', 'local', 'stopped-in-body', { message })
    }
    resolve({ kind: 'stopped' })
  }

  function handleThrown(error: unknown): void {
    if (settled) return
    settle()
    req?.destroy()
    reject(error)
  }

  function failAfterRest(fault: Fault): void {
    if (settled || failing) return
    if (reader === null) {
      fail(fault)
      return
    }
    failing = true
    clearTimeout(timer)
    reader.drain().then(() => fail(fault), handleThrown)
  }

  function fail(fault: Fault): void {
    if (settled) return
    // The head left, but the fault came before the last byte of the body did.
    if (meter.connected() && meter.bytesOut() > 0) handleSent()
    settle()
    req?.destroy()
    if (plan.kind === 'stream') plan.broken?.(now())
    else if (answer !== null) emitPartial(answer)
    const { code, ...detail } = fault
    const seq = record.note('error', timedOut ? 'local' : 'in', code, detail)
    resolve({ kind: 'failed', fault, seq, head: answer?.head ?? null })
  }

  function settle(): void {
    settled = true
    clearTimeout(timer)
    io.signal.removeEventListener('abort', handleAbort)
    meter.report(io.wire)
    if (record.requestSeq !== null && streamSeq === null) io.awaiting?.(false)
  }

  function emitPartial(unfinished: Answer): void {
    const at = now()
    const bytes = collector.take()
    const collected = { bytes, sizeBytes: collector.sizeBytes, stopped: false }
    record.response(unfinished, at, collected, meter.bytesIn(), undefined)
  }
}
