// An open WebSocket: its messages, pings, pongs and close frames, each joined with what the tap saw of it.

import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Endpoint, OutgoingMessage } from '../../../shared/endpoint/endpoint.ts'
import { type CloseDetail, opcodes, rsv1 } from '../../../shared/frame/webSocketDetail.ts'
import type { Limits } from '../../../shared/limits.ts'
import { formatDelay, formatSize } from '../../../shared/text/units.ts'
import { closedByServer } from '../../protocols/websocket/closeOutcome.ts'
import {
  abnormalClosure,
  noPong,
  type Silence,
  wsError,
} from '../../protocols/websocket/wsError.ts'
import {
  createWsFrameReader,
  payloadBytesOf,
  type WsFrame,
} from '../../protocols/websocket/wsFrames.ts'
import { now } from '../clock.ts'
import { connectionFrames } from '../connectionFrames.ts'
import type { SocketMeter } from '../http/socketMeter.ts'
import { notOpen } from '../notOpen.ts'
import type { ConnectionIo, Outcome } from '../transport.ts'
import { tapWrites } from './tapWrites.ts'
import { createArrivals } from './wsArrivals.ts'
import { createWsEmitter } from './wsEmitter.ts'
import { afterReading, createPinger } from './wsPinger.ts'
import { createPonger } from './wsPonger.ts'
import { closeTimeoutMs } from './wsRequest.ts'

export interface WsConnection {
  /** Resolves when the message has been handed to the socket; rejects with `not-open`. */
  send(message: OutgoingMessage): Promise<void>
  /** Resolves when the ping has been handed to the socket; rejects with `not-open` or `ping-too-long`. */
  ping(data: Uint8Array): Promise<void>
  /**
   * Begins the closing handshake. The code is one that may be sent and the reason fits: `checkClose`
   * has said so. Rejects with `not-open`.
   */
  close(code: number, reason: string): Promise<void>
  /** What was sent and the system has not taken yet: a peer that does not read makes it grow. */
  readonly unsentBytes: number
  /** How it ended; rejects for our own fault. */
  readonly ended: Promise<Outcome>
}

export interface WsConnectionOptions {
  readonly io: ConnectionIo
  readonly limits: Limits
  readonly endpoint: Pick<Endpoint, 'autoPong' | 'pingIntervalMs'>
  /** Has counted the handshake. */
  readonly meter: SocketMeter
}

interface Outgoing {
  readonly type: 'text' | 'binary'
  readonly bytes: Uint8Array
  readonly handed: PromiseWithResolvers<void>
}

/**
 * Call it while `ws` emits `open`, before the socket flows: the tap then sees the frames that came in
 * one packet with the handshake.
 */
export function watchWebSocket(
  ws: WebSocket,
  socket: Socket,
  { io, limits, endpoint, meter }: WsConnectionOptions,
): WsConnection {
  const ending = Promise.withResolvers<Outcome>()
  const frames = connectionFrames(io)
  const emitter = createWsEmitter(frames, limits)
  const arrivals = createArrivals(emitter.fragment)
  const outgoing: Outgoing[] = []
  const ponger = createPonger(ws)
  const { pingIntervalMs } = endpoint
  const pinger = createPinger({
    ws,
    intervalMs: pingIntervalMs === null ? null : Math.min(pingIntervalMs, limits.maxDelayMs),
    after: afterReading,
    bytesRead: () => socket.bytesRead,
    onSilence: handleSilence,
  })
  let socketError: Error | null = null
  /** Of a protocol that was broken, and of a peer that has fallen silent. */
  let failure: string | null = null
  let silent: string | null = null
  let peerClose: CloseDetail | null = null
  /** What the user closes it with. */
  let byHand: { readonly code: number } | null = null
  /** After a fault `ws` reads on until the peer closes, but hands nothing over any more. */
  let broken = false

  function tapIncoming(chunk: Uint8Array): void {
    if (!broken) arrivals.feed(chunk, now())
    countWire()
  }

  function countWire(): void {
    meter.report(io.wire)
  }

  /** An exception in a socket's event would end the whole worker; it is our fault in this session. */
  function guarded<Args extends unknown[]>(handle: (...args: Args) => void) {
    return (...args: Args): void => {
      try {
        handle(...args)
      } catch (error) {
        ending.reject(error)
        ws.terminate()
      }
    }
  }

  function handleMessage(data: Uint8Array, isBinary: boolean): void {
    // A slice of the chunk that the socket read. Nobody writes to that again: the capture may hold it.
    emitter.message('in', isBinary ? 'binary' : 'text', data, arrivals.take())
    arrivals.settle()
  }

  function handlePing(): void {
    const arrival = arrivals.take()
    const seq = emitter.ping('in', arrival)
    if (endpoint.autoPong) ponger.answer(seq, arrival.control ?? nothing)
    arrivals.settle()
  }

  function handlePong(): void {
    const arrival = arrivals.take()
    const answer = pinger.answered(arrival.control ?? nothing, arrival.at)
    emitter.pong('in', arrival, answer)
    arrivals.settle()
  }

  /** `ws` has no event for a close frame. It answers at once, so that the answer tells of it. */
  function emitWaitingClose(): void {
    const arrival = arrivals.takeClose()
    if (arrival !== null) peerClose = emitter.close('in', arrival)
  }

  function handleWritten(frame: WsFrame): void {
    const at = now()
    const { masked, wireBytes, control } = frame
    const seen = { at, masked, wireBytes, control }
    if (frame.opcode === opcodes.close) {
      // A close frame that nobody asked for answers the peer's, or a frame that breaks the rules.
      if (byHand === null && !io.signal.aborted) emitOffending()
      emitWaitingClose()
      emitter.close('out', seen)
    } else if (frame.opcode === opcodes.ping) {
      pinger.sent(emitter.ping('out', seen), control ?? nothing, at)
    } else if (frame.opcode === opcodes.pong) emitter.pong('out', seen, { replyTo: ponger.sent() })
    else handleSent(frame, at)
  }

  function handleSent({ rsv, masked, wireBytes }: WsFrame, at: number): void {
    const message = outgoing.shift()
    if (message === undefined) throw new Error('ws wrote a message that nobody sent')
    const compressed = (rsv & rsv1) !== 0
    const seen = { at, fragments: 1, compressed, masked, wireBytes }
    emitter.message('out', message.type, message.bytes, seen)
    message.handed.resolve()
  }

  function handleError(error: Error): void {
    // An invalid close frame is drawn as it came, before what is wrong with it.
    emitWaitingClose()
    broken = true
    if (failure !== null || io.signal.aborted) return
    const fault = wsError(error, limits.messageBytes, peerClose !== null)
    failure = fault.message
    frames.error(fault)
  }

  /** The frame that `ws` refuses, for the wire layer: its bits say what is wrong with it. */
  function emitOffending(): void {
    const frame = arrivals.next
    if (frame === null || frame.opcode === opcodes.close || frame.fragments > 1) return
    const { at, opcode, rsv, masked, wireBytes } = arrivals.take()
    const payloadBytes = payloadBytesOf(wireBytes, masked)
    emitter.fragment({ at, index: 1, opcode, fin: true, rsv, masked, payloadBytes, wireBytes })
  }

  function handleSilence(silence: Silence): void {
    const fault = noPong(silence)
    silent = fault.message
    frames.error(fault)
    // Nobody is there to answer a close frame.
    ws.terminate()
  }

  function handleClosed(): void {
    emitWaitingClose()
    countWire()
    pinger.stop()
    untapWrites()
    io.signal.removeEventListener('abort', stop)
    for (const { handed } of outgoing) handed.reject(notOpen())
    outgoing.length = 0
    noteUnfinished()
    noteUnansweredClose()
    ending.resolve(outcome())
  }

  function noteUnfinished(): void {
    const { unfinished } = arrivals
    if (unfinished === null || failure !== null) return
    const came = formatSize(unfinished.wireBytes)
    const message = `The connection ended while something was arriving: ${came} came of a ${unfinished.what}, the rest did not.`
    frames.notice('ws-cut-short', message)
  }

  function noteUnansweredClose(): void {
    const { firstClose } = emitter
    if (firstClose?.by !== 'client' || peerClose !== null || failure !== null) return
    const late = now() - firstClose.at >= closeTimeoutMs - 50
    const message = late
      ? `The server did not answer the close frame within ${formatDelay(closeTimeoutMs)}, so the connection was cut.`
      : 'The server ended the connection without answering the close frame.'
    frames.notice('ws-close-unanswered', message)
  }

  function outcome(): Outcome {
    if (io.signal.aborted) return { kind: 'stopped' }
    if (byHand !== null) return { kind: 'stopped', message: `Closed by hand with ${byHand.code}.` }
    if (failure !== null) return { kind: 'refused', message: failure }
    if (silent !== null) return { kind: 'lost', message: silent }
    if (peerClose !== null) return closedByServer(peerClose)
    const cause = socketError && 'code' in socketError ? String(socketError.code) : undefined
    const fault = abnormalClosure(cause)
    frames.error(fault)
    return { kind: 'lost', message: fault.message }
  }

  function stop(): void {
    // Whoever is told of a frame that is just being written may stop: nothing must overtake it, and
    // `ws` takes a connection for open until its close frame is written.
    // [rfc6455] 7.4.1: 1000. `ws` destroys the socket when no answer comes within `closeTimeout`.
    queueMicrotask(() => ws.close(1000))
  }

  async function close(code: number, reason: string): Promise<void> {
    if (ws.readyState !== ws.OPEN) throw notOpen()
    byHand = { code }
    ws.close(code, reason)
  }

  function send(message: OutgoingMessage): Promise<void> {
    if (ws.readyState !== ws.OPEN) return Promise.reject(notOpen())
    const text = message.type === 'text'
    const bytes = text ? Buffer.from(message.text) : message.bytes
    const handed = Promise.withResolvers<void>()
    outgoing.push({ type: message.type, bytes, handed })
    ws.send(bytes, { binary: !text }, (error) => {
      if (error) handed.reject(notOpen())
    })
    return handed.promise
  }

  const written = createWsFrameReader(guarded(handleWritten))
  const untapWrites = tapWrites(socket, (bytes) => written.feed(bytes))
  socket.prependListener('data', guarded(tapIncoming))
  socket.prependOnceListener('close', () => {
    // `ws` now reads what the socket still holds; a closed socket has no `data` event for it.
    const read = socket.read.bind(socket)
    socket.read = (size) => {
      const rest: Uint8Array | null = read(size)
      if (rest !== null) tapIncoming(rest)
      return rest
    }
  })
  socket.on('error', (error) => {
    socketError = error
  })
  ws.on('message', guarded(handleMessage))
  ws.on('ping', guarded(handlePing))
  ws.on('pong', guarded(handlePong))
  ws.on('error', guarded(handleError))
  ws.on('close', guarded(handleClosed))
  // The handshake is over: what it took is known before anything follows it.
  countWire()
  if (io.signal.aborted) stop()
  else io.signal.addEventListener('abort', stop, { once: true })
  return {
    send,
    ping: pinger.ping,
    close,
    get unsentBytes() {
      return ws.bufferedAmount
    },
    ended: ending.promise,
  }
}

const nothing = new Uint8Array(0)
