// One HTTP request and its response over a socket, as frames: what was sent, what came, when, what failed.

import {
  type ClientRequest,
  request as httpRequest,
  type IncomingMessage,
  STATUS_CODES,
} from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { Timings } from '../../shared/frame.ts'
import { type Fault, networkError, proxyFault } from '../protocols/networkError.ts'
import type { Hop } from '../protocols/redirect.ts'
import { basicCredentials, headerValue, requestHeaders } from '../protocols/requestHeaders.ts'
import { now } from './clock.ts'
import type {
  Annotation,
  AnswerHead,
  BodyPlan,
  ExchangeContext,
  HopResult,
  Reading,
} from './exchange.ts'
import { createCollector, knownCodings, readBody } from './httpBody.ts'
import {
  headBytes,
  headerPairs,
  remark,
  remoteAddress,
  requestFrame,
  responseFrame,
} from './httpFrames.ts'

const idempotent: ReadonlySet<string> = new Set([
  'GET',
  'HEAD',
  'OPTIONS',
  'PUT',
  'DELETE',
  'TRACE',
])

/** Rejects only for our own fault. */
export function httpHop(hop: Hop, reading: Reading, context: ExchangeContext): Promise<HopResult> {
  const { network, limits, io } = context
  const { connection } = io
  const { purpose } = reading
  const { url } = hop
  const secure = url.protocol === 'https:'
  const startedAt = now()
  const basic = basicCredentials(url)
  const bodyBytes = hop.body === null ? null : Buffer.from(hop.body)
  const headers = requestHeaders(hop, bodyBytes?.byteLength ?? null, basic)
  const timings: { -readonly [K in keyof Timings]: Timings[K] } = {}
  const collector = createCollector(limits.payloadBytes)

  let req: ClientRequest | null = null
  let socket: Socket | null = null
  let connected = false
  let readBase = 0
  let writtenBase = 0
  let readReported = 0
  let writtenReported = 0
  let requestSeq: number | null = null
  let sentAt = startedAt
  let head: AnswerHead | null = null
  let res: IncomingMessage | null = null
  let codings: readonly string[] = []
  let plan: BodyPlan = { kind: 'collect' }
  let stoppedReading = false
  let lastByteAt = startedAt
  let streamSeq: number | null = null
  let streamedRead = 0
  let remote: string | undefined
  let settled = false

  return new Promise<HopResult>((resolve, reject) => {
    const timer = setTimeout(handleTimeout, Math.min(reading.timeoutMs, limits.maxDelayMs))
    io.signal.addEventListener('abort', handleAbort)
    if (io.signal.aborted) {
      handleAbort()
      return
    }
    try {
      req = send()
    } catch (error) {
      try {
        fail(unsendable(error))
      } catch (ours) {
        handleThrown(ours)
      }
    }

    function send(): ClientRequest {
      const { hostname, pathname, search } = url
      const sending = (secure ? httpsRequest : httpRequest)({
        ...network.optionsFor(url),
        protocol: url.protocol,
        // An IPv6 address has brackets in a URL only.
        hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
        port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
        path: pathname + search,
        method: hop.method,
        headers: headers.sent,
        setHost: false,
        maxHeaderSize: limits.headBytes,
      })
      // Node would drop fields beyond a count without a word; bytes are limited instead.
      sending.maxHeadersCount = 0
      sending.on('socket', guarded(handleSocket))
      sending.on('finish', guarded(handleSent))
      sending.on('response', guarded(handleHead))
      sending.on('information', guarded(handleInformation))
      sending.on('error', guarded(handleError))
      if (network.proxy !== undefined) sending.on('proxyConnect', guarded(handleProxy))
      sending.end(bodyBytes ?? undefined)
      return sending
    }

    // An exception in a socket's event would end the whole worker.
    function guarded<T>(handle: (value: T) => void): (value: T) => void {
      return (value) => {
        if (settled) return
        try {
          handle(value)
        } catch (error) {
          handleThrown(error)
        }
      }
    }

    function handleSocket(given: Socket): void {
      socket = given
      readBase = given.bytesRead
      writtenBase = given.bytesWritten
      if (req?.reusedSocket) {
        connected = true
        return
      }
      let phaseAt = startedAt
      const phase = (name: 'dnsMs' | 'tcpMs' | 'tlsMs') => () => {
        const at = now()
        timings[name] = at - phaseAt
        phaseAt = at
      }
      if (given.connecting) {
        given.once('lookup', phase('dnsMs'))
        given.once('connect', phase('tcpMs'))
      } else {
        // The agent's tunnel through a proxy stands.
        phase('tcpMs')()
      }
      if (secure) given.once('secureConnect', phase('tlsMs'))
      if (!secure && !given.connecting) connected = true
      else
        given.once(secure ? 'secureConnect' : 'connect', () => {
          connected = true
        })
    }

    function handleSent(): void {
      if (requestSeq !== null || socket === null || req === null) return
      sentAt = now()
      const wireBytes = socket.bytesWritten - writtenBase
      const sent = { at: sentAt, connection, purpose, hop, recorded: headers.recorded, req }
      requestSeq = io.emit(
        requestFrame({ ...sent, body: bodyBytes, wireBytes, proxy: network.proxy }, limits),
      )
      reportWire()
      io.awaiting?.(true)
    }

    function handleInformation(info: { statusCode: number; statusMessage: string }): void {
      if (info.statusCode === 100) return
      const message = `The server sent ${info.statusCode} ${info.statusMessage} ahead of its answer.`
      note('notice', 'in', 'http-informational', { message })
    }

    function handleHead(response: IncomingMessage): void {
      res = response
      const at = now()
      lastByteAt = at
      remote = remoteAddress(socket)
      timings.firstByteMs = at - startedAt
      handleSent()
      const pairs = headerPairs(response.rawHeaders)
      head = {
        url,
        status: response.statusCode ?? 0,
        statusText: response.statusMessage ?? '',
        headers: pairs,
        requestSeq: requestSeq ?? 0,
        at,
        holdMs: at - sentAt,
      }
      codings = knownCodings(headerValue(pairs, 'content-encoding')) ?? []
      plan = reading.plan(head)
      if (plan.kind === 'stream') {
        clearTimeout(timer)
        streamSeq = emitResponse(head, at, null, 0, headBytes(response))
        streamedRead = headBytes(response)
        io.awaiting?.(false)
      }
      response.on('error', guarded(handleError))
      if (codings.length > 0 || plan.kind === 'stream') {
        response.on('data', () => {
          lastByteAt = now()
        })
      }
      readBody(response, codings, {
        chunk: handleChunk,
        end: () => guarded(handleEnd)(undefined),
        broken: guarded(handleBroken),
        thrown: handleThrown,
      })
    }

    function handleChunk(bytes: Uint8Array): void | Promise<void> {
      if (settled) return
      if (plan.kind === 'stream') {
        reportWire()
        const read = bytesRead()
        const since = read - streamedRead
        streamedRead = read
        return plan.chunk(bytes, lastByteAt, Math.max(0, since))
      }
      collector.add(bytes)
      if (plan.stopAtBytes !== undefined && collector.sizeBytes >= plan.stopAtBytes) {
        stoppedReading = true
        handleEnd()
      } else if (collector.sizeBytes > limits.messageBytes) {
        fail({
          code: 'message-too-large',
          message: `The body is larger than ${limits.messageBytes} bytes; the connection was closed.`,
        })
      }
    }

    function handleEnd(): void {
      if (head === null) return
      const at = codings.length > 0 ? lastByteAt : now()
      settle()
      if (stoppedReading) req?.destroy()
      if (streamSeq !== null) {
        resolve({ kind: 'answered', head, body: new Uint8Array(0), sizeBytes: 0, seq: streamSeq })
        return
      }
      const { sizeBytes } = collector
      const body = collector.take()
      const annotation = reading.annotate(head, body, sizeBytes)
      const seq = emitResponse(head, at, body, sizeBytes, bytesRead(), annotation)
      resolve({ kind: 'answered', head, body, sizeBytes, seq })
    }

    function handleBroken(error: Error): void {
      fail({
        code: 'http-bad-encoding',
        message: `The body is not valid ${codings.join(', ')}, which its Content-Encoding says it is.`,
        cause: 'code' in error && typeof error.code === 'string' ? error.code : error.message,
      })
    }

    function handleTimeout(): void {
      const seconds = `${reading.timeoutMs / 1000} s`
      fail({
        code: 'http-timeout',
        message: head
          ? `The answer was not complete within ${seconds}.`
          : `No answer within ${seconds}.`,
        advice: 'Give the profile a longer "timeout" if the server needs more time.',
      })
    }

    function handleProxy(connect: { statusCode?: number; statusText?: string }): void {
      const { statusCode } = connect
      if (statusCode === undefined || statusCode === 200) return
      const words = connect.statusText || STATUS_CODES[statusCode] || ''
      fail(
        proxyFault(
          `The proxy ${network.proxy} refused the way to ${url.host}: ${statusCode} ${words}`.trim(),
          String(statusCode),
        ),
      )
    }

    function handleError(error: Error): void {
      const lost = 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
      if (
        lost &&
        head === null &&
        req?.reusedSocket &&
        bytesRead() === 0 &&
        idempotent.has(hop.method)
      ) {
        note('notice', 'local', 'connection-stale', {
          message: 'The server had closed the kept connection: the request goes out on a new one.',
        })
        settle()
        resolve({ kind: 'stale' })
        return
      }
      fail(
        networkError(error, {
          host: url.host,
          proxy: socket === null ? network.proxy : undefined,
          answered: head !== null,
        }),
      )
    }

    function handleAbort(): void {
      if (settled) return
      const begun = head !== null && streamSeq === null
      settle()
      req?.destroy()
      if (begun && head !== null) {
        emitPartial(head)
        note('notice', 'local', 'stopped-in-body', {
          message: 'Stopped while the body was still arriving.',
        })
      }
      resolve({ kind: 'stopped' })
    }

    function handleThrown(error: unknown): void {
      if (settled) return
      settle()
      req?.destroy()
      reject(error)
    }

    function fail(fault: Fault): void {
      if (settled) return
      // The head left, but the answer or the fault came before the last byte of the body did.
      if (connected && socket !== null && socket.bytesWritten > writtenBase) handleSent()
      settle()
      req?.destroy()
      const { code, ...detail } = fault
      if (head !== null && streamSeq === null) emitPartial(head)
      const seq = note('error', code === 'http-timeout' ? 'local' : 'in', code, detail)
      resolve({ kind: 'failed', fault, seq, head })
    }

    function settle(): void {
      settled = true
      clearTimeout(timer)
      io.signal.removeEventListener('abort', handleAbort)
      // What still comes from a destroyed socket has no listener's interest, but must not throw.
      req?.on('error', () => undefined)
      res?.on('error', () => undefined)
      reportWire()
      if (requestSeq !== null && streamSeq === null) io.awaiting?.(false)
    }
  })

  function bytesRead(): number {
    return socket === null ? 0 : socket.bytesRead - readBase
  }

  function reportWire(): void {
    if (socket === null) return
    const read = bytesRead()
    const written = connected || requestSeq !== null ? socket.bytesWritten - writtenBase : 0
    if (read === readReported && written === writtenReported) return
    io.wire(read - readReported, written - writtenReported)
    readReported = read
    writtenReported = written
  }

  function emitPartial(answer: AnswerHead): void {
    const { sizeBytes } = collector
    emitResponse(answer, now(), collector.take(), sizeBytes, bytesRead())
  }

  function note(
    kind: 'error' | 'notice',
    direction: 'in' | 'local',
    code: string,
    detail: { readonly message: string; readonly advice?: string; readonly cause?: string },
  ): number {
    return io.emit(
      remark(kind, direction, code, detail, { at: now(), connection, replyTo: requestSeq }),
    )
  }

  function emitResponse(
    answer: AnswerHead,
    at: number,
    body: Uint8Array | null,
    sizeBytes: number,
    wireBytes: number,
    annotation: Annotation = {},
  ): number {
    if (res === null) throw new Error('a response without its head')
    if (body !== null) timings.totalMs = at - startedAt
    return io.emit(
      responseFrame({
        at,
        connection,
        purpose,
        head: answer,
        body,
        cut: stoppedReading || (body !== null && body.byteLength < sizeBytes),
        sizeBytes,
        wireBytes,
        timings: { ...timings },
        reused: req?.reusedSocket ?? false,
        remoteAddress: remote,
        codings,
        res,
        annotation,
      }),
    )
  }
}

/** What Node, or a proxy's URL, refuses before anything leaves: the user's fault, told in the timeline. */
function unsendable(error: unknown): Fault {
  const cause = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (cause === undefined) throw error
  const message = error instanceof Error ? error.message : String(error)
  return cause === 'ERR_LIFELINE_PROXY'
    ? proxyFault(message, cause)
    : { code: 'request-invalid', message: `The request cannot be sent: ${message}`, cause }
}
