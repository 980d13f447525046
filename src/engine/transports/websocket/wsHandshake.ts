// The opening handshake of a WebSocket: its two heads as frames, and what a refusal leads to.

import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Limits } from '../../../shared/limits.ts'
import type { Fault } from '../../protocols/fault.ts'
import { http2Only, wantsHttp2 } from '../../protocols/http/http2Only.ts'
import { tooManyInformational } from '../../protocols/http/httpFault.ts'
import { wsRefusal } from '../../protocols/websocket/wsRefusal.ts'
import { now } from '../clock.ts'
import {
  type Answer,
  type CollectedBody,
  createHopRecord,
  type HopRecord,
  noBody,
} from '../http/hopRecord.ts'
import { createHopTap, type HopTap, surplusWords } from '../http/hopTap.ts'
import { passingOutcome } from '../http/httpOutcome.ts'
import { statusReason } from '../http/nodeHead.ts'
import { readRefusal } from '../http/refusalBody.ts'
import { createSocketMeter, type SocketMeter } from '../http/socketMeter.ts'
import type { Network, Route } from '../network/network.ts'
import type { SentInformation } from '../sentRequest.ts'
import type { ConnectionIo, Outcome } from '../transport.ts'

export interface HandshakeOptions {
  readonly io: ConnectionIo
  readonly limits: Limits
  readonly url: URL
  /** Epoch ms at which the connection began. */
  readonly startedAt: number
  readonly route: Route
  readonly network: Pick<Network, 'cookies' | 'isNews' | 'carry' | 'digestFor' | 'sendsCredentials'>
  /** The server sends informational answers and does not come to an end. */
  onEndless(fault: Fault): void
}

export interface Handshake {
  readonly meter: SocketMeter
  /** Of what is said about it later, too. */
  readonly record: HopRecord
  /** Null while there is none; through a proxy until the tunnel stands. */
  socket(): Socket | null
  /**
   * `asking` until the head of the answer has arrived; `refused` when it is none that opens a WebSocket and its
   * body is being read; `over` after `end`.
   */
  stage(): 'asking' | 'answered' | 'refused' | 'over'
  seen: HopTap['seen']
  /** The user ends it: what has come of a head is told. */
  stopped(): void
  /** A fault ends it, which is to be told after the request, if that has left. */
  fail(fault: Fault, direction: 'in' | 'local'): void
  /** `ws` has opened: the answer is recorded. Call it while `ws` emits `open`, before frames are. */
  accept(): void
  /** Reads a refusal to its end or limit, records it and says what it leads to. */
  refuse(response: IncomingMessage): Promise<Outcome>
  /** Cuts the reading of a refusal short; what came is recorded. */
  cut(): void
  /** The handshake is over without an open WebSocket: counts its bytes. */
  end(): void
}

/** Watches a handshake's request from before it is sent. */
export function watchHandshake(request: ClientRequest, options: HandshakeOptions): Handshake {
  const { io, limits, url, startedAt, route, network } = options
  const meter = createSocketMeter(startedAt, url)
  const record = createHopRecord({
    hop: { method: 'GET', url },
    reading: { purpose: 'handshake' },
    io,
    limits,
    // `ws` and Node add most of them.
    headers: null,
    basic: basicOf(request, url),
    body: null,
    route,
    network,
    meter,
    startedAt,
  })
  const tap = createHopTap({ method: 'GET', network, limits, io, meter, record })
  let socket: Socket | null = null
  let stage: ReturnType<Handshake['stage']> = 'asking'
  let cut: () => void = () => {}
  let judged: (opened: boolean) => void = () => {}
  let informational = 0

  request.once('socket', handleSocket)
  request.once('finish', handleSent)
  request.on('information', handleInformation)
  // `ws` judges the answer on the same event, between these two, and opens or not.
  request.prependOnceListener('upgrade', handleUpgrade)
  request.once('upgrade', () => judged(false))

  function handleSocket(given: Socket): void {
    socket = given
    meter.attach(given, request.reusedSocket)
    tap.attach(given)
  }

  function handleSent(): void {
    if (stage === 'asking') record.request(request)
  }

  function handleInformation(info: SentInformation): void {
    meter.awaitAnswer()
    if (++informational > limits.informational) {
      options.onEndless(tooManyInformational(limits.informational))
    } else record.information(info)
  }

  function handleUpgrade(response: IncomingMessage, _socket: unknown, first: Uint8Array): void {
    const answer = answerOf(response)
    network.digestFor(url)?.takeAnswer(answer.head.status, answer.head.headers)
    stage = 'answered'
    const wireBytes = meter.bytesIn()
    judged = (opened) => {
      judged = () => {}
      const own = opened ? wireBytes - first.length : wireBytes
      emitResponse(answer, answer.head.at, noBody, own, opened)
      if (!opened && first.length > 0) tellSurplus(first)
    }
  }

  /** What came behind an answer that opens nothing, which counts it. */
  function tellSurplus(behind: Uint8Array): void {
    const sizeBytes = behind.length
    const bytes = behind.slice(0, limits.faultBytes)
    record.notice('in', 'http-surplus', surplusWords(sizeBytes), { bytes, sizeBytes })
  }

  function answerOf(response: IncomingMessage): Answer {
    record.request(request)
    tap.beforeAnswer()
    return record.answer(request, response, tap.mendedHead())
  }

  function emitResponse(
    answer: Answer,
    at: number,
    body: CollectedBody,
    wireBytes: number,
    opened: boolean,
  ): void {
    const { status, headers } = answer.head
    const cookieRefused = network.cookies?.take(headers, url) ?? null
    io.awaiting(false)
    const refused = status === 101 && !opened
    record.response(answer, at, body, wireBytes, refused ? { refused } : undefined)
    tap.afterAnswer()
    if (cookieRefused !== null) record.notice('local', 'cookie-refused', cookieRefused)
  }

  async function refuse(response: IncomingMessage): Promise<Outcome> {
    const answer = answerOf(response)
    stage = 'refused'
    const reading = readRefusal(answer, limits)
    cut = reading.cut
    const body = await reading.body
    emitResponse(answer, now(), body, meter.bytesIn(), false)
    const { head } = answer
    const { status, headers } = head
    // The same connection of the session goes on with a second handshake, which has the credentials.
    if (network.digestFor(url)?.takeAnswer(status, headers)) return { kind: 'next', delayMs: 0 }
    const credentials = network.sendsCredentials
    const fault = wantsHttp2(head, body.bytes)
      ? http2Only(route.peer, true)
      : wsRefusal(
          { status, reason: statusReason(status), headers, body: body.bytes, credentials },
          url,
        )
    record.error(fault, 'in', reading.undecoded())
    const { message } = fault
    return passingOutcome(head, message, limits) ?? { kind: 'refused', message }
  }

  return {
    meter,
    record,
    socket: () => socket,
    stage: () => stage,
    fail(fault, direction) {
      if (meter.connected() && meter.bytesOut() > 0) record.request(request)
      tap.beforeAnswer()
      record.error(fault, direction, tap.came())
    },
    seen: tap.seen,
    stopped: tap.stopped,
    accept() {
      judged(true)
      // What follows is read by others, without a detour.
      tap.end()
    },
    refuse,
    cut: () => cut(),
    end() {
      if (record.isSent() && stage === 'asking') io.awaiting(false)
      stage = 'over'
      meter.report(io.wire)
    },
  }
}

/** The credentials of the URL as `ws` has written them into the request. */
function basicOf(request: ClientRequest, { username, password }: URL): string | null {
  if (username === '' && password === '') return null
  return String(request.getHeader('authorization') ?? '').replace(/^Basic /, '')
}
