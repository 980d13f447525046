// The opening handshake of a WebSocket: its two heads as frames, its phases, and what a refusal leads to.

import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type {
  HeaderPairs,
  RequestDetail,
  ResponseDetail,
  Timings,
} from '../../../shared/frame/httpDetail.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Phase } from '../../protocols/http/httpFault.ts'
import { publicUrl } from '../../protocols/http/redirect.ts'
import { hidden } from '../../protocols/http/requestHeaders.ts'
import { wsRefusal } from '../../protocols/websocket/wsRefusal.ts'
import { msBetween, now } from '../clock.ts'
import { connectionFrames } from '../connectionFrames.ts'
import type { Cookies } from '../cookies.ts'
import { passingOutcome } from '../http/httpOutcome.ts'
import { headerPairs, remoteAddress, statusReason } from '../http/nodeFacts.ts'
import { type RefusalBody, readRefusal } from '../http/refusalBody.ts'
import { phaseAfter } from '../http/socketMeter.ts'
import type { Way } from '../network/network.ts'
import type { ConnectionIo, Outcome } from '../transport.ts'
import { tapWrites } from './tapWrites.ts'

export interface HandshakeOptions {
  readonly io: ConnectionIo
  readonly limits: Limits
  readonly url: URL
  /** Epoch ms at which the connection began. */
  readonly startedAt: number
  readonly way: Pick<Way, 'proxy' | 'socketPath'>
  readonly cookies: Cookies | null
}

export interface Handshake {
  /** The socket; through a proxy once the tunnel stands. */
  readonly socket: Socket | null
  /** Sequence number of the request's frame; null while it has not left. */
  readonly requestSeq: number | null
  /** The head of the answer has arrived. */
  readonly answered: boolean
  /** The answer is none that opens a WebSocket; its body is being read. */
  readonly refused: boolean
  /** What is being waited for. */
  phase(): Phase
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
  const { io, limits, startedAt } = options
  const frames = connectionFrames(io)
  const timings: { -readonly [K in keyof Timings]: Timings[K] } = {}
  let socket: Socket | null = null
  let requestSeq: number | null = null
  /** Known before the frame is recorded: whoever is told of it may stop. */
  let hasLeft = false
  /** What the agent has read of the socket for a proxy's tunnel. */
  let readBefore = 0
  let answered = false
  let refused = false
  let cut: () => void = () => {}
  let judged: (opened: boolean) => void = () => {}
  /** A socket forgets the address when it closes. */
  let peer: string | undefined

  request.once('socket', (given) => {
    socket = given
    readBefore = given.bytesRead
    const encrypted = 'encrypted' in given
    let phaseAt = startedAt
    const phase = (name: 'dnsMs' | 'tcpMs' | 'tlsMs') => () => {
      const at = now()
      timings[name] = msBetween(phaseAt, at)
      phaseAt = at
    }
    if (given.connecting) {
      given.once('lookup', phase('dnsMs'))
      given.once('connect', phase('tcpMs'))
    } else phase('tcpMs')()
    if (encrypted) given.once('secureConnect', phase('tlsMs'))
    given.prependOnceListener('data', () => {
      timings.firstByteMs = msBetween(startedAt, now())
    })
    tapHead(given, (head) => {
      // What is written to a socket that still connects has not left yet.
      if (encrypted) given.once('secureConnect', () => handleSent(head))
      else if (given.connecting) given.once('connect', () => handleSent(head))
      else handleSent(head)
    })
  })

  function handleSent(head: string): void {
    const { url } = options
    const { proxy, socketPath } = options.way
    const [start = '', ...fields] = head.split('\r\n')
    const [method = '', target = '', version = ''] = start.split(' ')
    peer = remoteAddress(socket)
    hasLeft = true
    const detail: RequestDetail = {
      purpose: 'handshake',
      method,
      url: publicUrl(url),
      target,
      httpVersion: version.slice('HTTP/'.length),
      headers: recordedFields(fields, url),
      ...(proxy !== undefined && { proxy }),
      ...(socketPath !== undefined && { socketPath }),
    }
    const wireBytes = head.length
    const seen = { at: now(), sizeBytes: 0, wireBytes, payload: null, replyTo: null }
    requestSeq = frames.crossed('request', 'out', detail, seen)
    io.awaiting(true)
  }

  function emitResponse(
    response: IncomingMessage,
    body: RefusalBody | null,
    wireBytes: number,
    opened: boolean,
  ): void {
    const at = now()
    const kept = body?.bytes.length ?? 0
    const sizeBytes = body?.sizeBytes ?? 0
    const headers = headerPairs(response.rawHeaders)
    const cookieRefused = options.cookies?.take(headers, options.url) ?? null
    io.awaiting(false)
    const detail: ResponseDetail = {
      purpose: 'handshake',
      status: response.statusCode ?? 0,
      statusText: response.statusMessage ?? '',
      httpVersion: response.httpVersion,
      headers,
      timings: { ...timings, totalMs: msBetween(startedAt, at) },
      reused: request.reusedSocket,
      ...(peer !== undefined && { remoteAddress: peer }),
      ...(body?.encoding && { contentEncoding: body.encoding }),
      ...(kept < sizeBytes && { truncatedAt: kept }),
      ...(response.statusCode === 101 && !opened && { refused: true }),
    }
    const payload = body && kept > 0 ? body.bytes : null
    const seen = { at, sizeBytes, wireBytes, payload, replyTo: requestSeq }
    frames.crossed('response', 'in', detail, seen)
    if (cookieRefused !== null) {
      frames.notice('cookie-refused', cookieRefused, { at, replyTo: requestSeq })
    }
  }

  // `ws` judges the answer on the same event, between these two, and opens or not.
  request.prependOnceListener('upgrade', (response, upgraded, first) => {
    answered = true
    // Declared as any stream; requests of ours are upgraded on sockets.
    const wireBytes = (upgraded as Socket).bytesRead - readBefore - first.length
    judged = (opened) => {
      judged = () => {}
      emitResponse(response, null, wireBytes, opened)
    }
  })
  request.once('upgrade', () => judged(false))

  async function refuse(response: IncomingMessage): Promise<Outcome> {
    answered = true
    refused = true
    // The socket is gone from the request when the body has ended.
    const from = socket
    const reading = readRefusal(response, limits)
    cut = reading.cut
    const body = await reading.body
    emitResponse(response, body, (from?.bytesRead ?? readBefore) - readBefore, false)
    const status = response.statusCode ?? 0
    const { location } = response.headers
    const fault = wsRefusal({ status, reason: statusReason(status), location }, options.url)
    frames.error(fault, { replyTo: requestSeq })
    const { message } = fault
    const head = { status, headers: headerPairs(response.rawHeaders) }
    return passingOutcome(head, message, limits) ?? { kind: 'refused', message }
  }

  return {
    get socket() {
      return socket
    },
    get requestSeq() {
      return requestSeq
    },
    get answered() {
      return answered
    },
    get refused() {
      return refused
    },
    phase: () => (requestSeq === null ? phaseAfter(timings, options.url) : 'answer'),
    accept: () => judged(true),
    refuse,
    cut: () => cut(),
    end() {
      if (requestSeq !== null && !answered) io.awaiting(false)
      if (socket !== null) io.wire(socket.bytesRead, hasLeft ? socket.bytesWritten : 0)
    },
  }
}

/** Calls back once with the request's head as it was written. */
function tapHead(socket: Socket, onHead: (head: string) => void): void {
  let written = ''
  const untap = tapWrites(socket, (bytes) => {
    written += Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
    const end = written.indexOf('\r\n\r\n')
    if (end < 0) return
    untap()
    onHead(written.slice(0, end + 4))
  })
}

/** Header fields as they were written, without credentials that stood in the URL. */
function recordedFields(fields: readonly string[], url: URL): HeaderPairs {
  const secret = url.username !== '' || url.password !== ''
  return fields
    .filter((field) => field !== '')
    .map((field) => {
      const colon = field.indexOf(':')
      const name = field.slice(0, colon)
      const masked = secret && name.toLowerCase() === 'authorization'
      return [name, masked ? `Basic ${hidden}` : field.slice(colon + 1).trim()]
    })
}
