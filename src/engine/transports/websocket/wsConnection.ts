// An open WebSocket: its messages, pings, pongs and close frames, each joined with what the tap saw of it.

import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import type { Endpoint, OutgoingMessage } from '../../../shared/endpoint/endpoint.ts'
import { opcodes, rsv1 } from '../../../shared/frame/webSocketDetail.ts'
import type { Limits } from '../../../shared/limits.ts'
import type { Came } from '../../protocols/bytes/cameBytes.ts'
import type { Fault } from '../../protocols/fault.ts'
import { silenceFault } from '../../protocols/http/httpFault.ts'
import { noPong } from '../../protocols/websocket/wsError.ts'
import {
  createWsFrameReader,
  payloadBytesOf,
  type WsFrame,
} from '../../protocols/websocket/wsFrames.ts'
import { now } from '../clock.ts'
import { connectionFrames } from '../connectionFrames.ts'
import type { SocketMeter } from '../http/socketMeter.ts'
import { notOpen } from '../notOpen.ts'
import { watchSilence } from '../silence.ts'
import type { ConnectionIo, Outcome } from '../transport.ts'
import { onWrite } from './onWrite.ts'
import { type Arrival, createArrivals } from './wsArrivals.ts'
import { createWsEmitter } from './wsEmitter.ts'
import { createEnding } from './wsEnding.ts'
import type { Fragment } from './wsFragments.ts'
import { watchHeldBack } from './wsHeldBack.ts'
import { createOutbox } from './wsOutbox.ts'
import { afterReading, createPinger } from './wsPinger.ts'
import { createPonger } from './wsPonger.ts'

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
  readonly endpoint: Pick<Endpoint, 'autoPong' | 'pingIntervalMs' | 'silenceTimeoutMs'>
  /** Has counted the handshake. */
  readonly meter: SocketMeter
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
  const ended = Promise.withResolvers<Outcome>()
  const frames = connectionFrames(io)
  const emitter = createWsEmitter(frames, limits)
  const arrivals = createArrivals(emitter.fragment, limits.faultBytes)
  const ending = createEnding(frames, emitter, io.signal, limits)
  const outbox = createOutbox(ws)
  const ponger = createPonger(ws)
  const { pingIntervalMs } = endpoint
  const pinger = createPinger({
    ws,
    intervalMs: pingIntervalMs === null ? null : Math.min(pingIntervalMs, limits.maxDelayMs),
    after: afterReading,
    bytesRead: () => socket.bytesRead,
    onSilence: (found) => endSilent(noPong(found)),
  })
  const { silenceTimeoutMs } = endpoint
  const silence = watchSilence(silenceTimeoutMs, () =>
    endSilent(silenceFault(silenceTimeoutMs ?? 0)),
  )
  /** What `ws` refuses, once it is known. */
  let wrong: Came | null = null

  function tapIncoming(chunk: Uint8Array): void {
    const at = now()
    silence.heard(at)
    arrivals.feed(chunk, at)
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
        ended.reject(error)
        ws.terminate()
      }
    }
  }

  function handleMessage(data: Uint8Array, isBinary: boolean): void {
    // A slice of the chunk that the socket read. Nobody writes to that again: the capture may hold it.
    emitter.message('in', isBinary ? 'binary' : 'text', data, arrivals.take())
    arrivals.tellFragments()
  }

  function handlePing(): void {
    const arrival = arrivals.take()
    const seq = emitter.ping('in', arrival)
    if (endpoint.autoPong) ponger.answer(seq, arrival.control ?? nothing)
    arrivals.tellFragments()
  }

  function handlePong(): void {
    const arrival = arrivals.take()
    const answer = pinger.answered(arrival.control ?? nothing, arrival.at)
    emitter.pong('in', arrival, answer)
    arrivals.tellFragments()
  }

  /** `ws` has no event for a close frame. It answers at once, so that the answer tells of it. */
  function emitWaitingClose(): void {
    const arrival = arrivals.takeClose()
    if (arrival !== null) ending.closedByPeer(emitter.close('in', arrival))
  }

  function handleWritten(frame: WsFrame): void {
    const at = now()
    const { masked, wireBytes, control } = frame
    const seen = { at, masked, wireBytes, control }
    if (frame.opcode === opcodes.close) {
      // A close frame that nobody asked for answers the peer's, or a frame that breaks the rules.
      if (!ending.isOurs()) emitOffending()
      emitWaitingClose()
      emitter.close('out', seen)
    } else if (frame.opcode === opcodes.ping) {
      pinger.sent(emitter.ping('out', seen), control ?? nothing, at)
    } else if (frame.opcode === opcodes.pong) emitter.pong('out', seen, { replyTo: ponger.sent() })
    else handleSent(frame, at)
  }

  function handleSent({ rsv, masked, wireBytes }: WsFrame, at: number): void {
    const message = outbox.take()
    const compressed = (rsv & rsv1) !== 0
    const seen = { at, fragments: 1, compressed, masked, wireBytes }
    emitter.message('out', message.type, message.bytes, seen)
    message.handed.resolve()
  }

  function handleError(error: Error): void {
    if (wrong === null) emitOffending()
    // An invalid close frame is drawn as it came, before what is wrong with it.
    emitWaitingClose()
    // After a fault `ws` reads on until the peer closes, but hands nothing over any more.
    arrivals.breakOff(ending.broken(error, wrong) ? wrong : null)
  }

  /** The frame that `ws` refuses, for the wire layer: its bits say what is wrong with it. */
  function emitOffending(): void {
    const bytes = arrivals.oldestBytes()
    const frame = arrivals.next
    const isWhole = frame !== null && frame.fragments === 1
    // A frame of its own counts it.
    wrong = isWhole && bytes !== null ? { ...bytes, wireBytes: 0 } : bytes
    if (isWhole && frame.opcode !== opcodes.close) emitter.fragment(wholeFragment(arrivals.take()))
  }

  function endSilent(fault: Fault): void {
    ending.silent(fault)
    // Nobody is there to answer a close frame.
    ws.terminate()
  }

  function handleClosed(): void {
    emitWaitingClose()
    countWire()
    pinger.stop()
    silence.stop()
    endHeldBack()
    endTap()
    io.signal.removeEventListener('abort', stop)
    outbox.close()
    ended.resolve(ending.outcome(arrivals.rest()))
  }

  function stop(): void {
    // Whoever is told of a frame that is just being written may stop: nothing must overtake it, and
    // `ws` takes a connection for open until its close frame is written.
    // [rfc6455] 7.4.1: 1000. `ws` destroys the socket when no answer comes within `closeTimeout`.
    queueMicrotask(() => ws.close(1000))
  }

  async function close(code: number, reason: string): Promise<void> {
    if (ws.readyState !== ws.OPEN) throw notOpen()
    ending.closedByHand(code)
    ws.close(code, reason)
  }

  /** The tap's listeners come before those of `ws`, and its own after. */
  function listen(): void {
    io.unfinished(arrivals.unfinished)
    socket.prependListener('data', guarded(tapIncoming))
    socket.prependOnceListener('close', () => tapRest(socket, tapIncoming))
    socket.on('error', ending.socketFailed)
    ws.on('message', guarded(handleMessage))
    ws.on('ping', guarded(handlePing))
    ws.on('pong', guarded(handlePong))
    ws.on('error', guarded(handleError))
    ws.on('close', guarded(handleClosed))
  }

  const written = createWsFrameReader(guarded(handleWritten))
  const endHeldBack = watchHeldBack(socket, ({ code, message }) => frames.notice(code, message))
  const endTap = onWrite(socket, (bytes) => written.feed(bytes))
  listen()
  // The handshake is over: what it took is known before anything follows it.
  countWire()
  if (io.signal.aborted) stop()
  else io.signal.addEventListener('abort', stop, { once: true })
  return {
    send: outbox.send,
    ping: pinger.ping,
    close,
    get unsentBytes() {
      return ws.bufferedAmount
    },
    ended: ended.promise,
  }
}

const nothing = new Uint8Array(0)

/** A message or control frame in one piece, as the wire layer has it. */
function wholeFragment({ at, opcode, rsv, masked, wireBytes }: Arrival): Fragment {
  const payloadBytes = payloadBytesOf(wireBytes, masked)
  return { at, index: 1, opcode, fin: true, rsv, masked, payloadBytes, wireBytes }
}

/** `ws` now reads what the socket still holds; a closed socket has no `data` event for it. */
function tapRest(socket: Socket, tap: (chunk: Uint8Array) => void): void {
  const read = socket.read.bind(socket)
  socket.read = (size) => {
    const rest: Uint8Array | null = read(size)
    if (rest !== null) tap(rest)
    return rest
  }
}
