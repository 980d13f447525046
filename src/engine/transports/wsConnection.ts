// An open WebSocket: its messages, pings, pongs and close frames, each joined with what the tap saw of it.

import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import { describeCloseCode } from '../../shared/closeCodes.ts'
import type { OutgoingMessage } from '../../shared/endpoint.ts'
import type { CloseDetail, PingDetail } from '../../shared/frame.ts'
import type { Limits } from '../../shared/limits.ts'
import { RpcError } from '../../shared/rpc.ts'
import { closeOutcome } from '../protocols/closeOutcome.ts'
import { keptPayload } from '../protocols/keptPayload.ts'
import { messageDetail, readClose } from '../protocols/wsDetail.ts'
import { wsError } from '../protocols/wsError.ts'
import { createWsFrameReader, type WsFrame } from '../protocols/wsFrames.ts'
import { now } from './clock.ts'
import { tapWrites } from './tapWrites.ts'
import type { ConnectionIo, Outcome } from './transport.ts'
import { type Arrival, createArrivals } from './wsArrivals.ts'
import { createPonger } from './wsPonger.ts'

export interface WsConnection {
  /** Resolves when the message has been handed to the socket; rejects with `not-open`. */
  send(message: OutgoingMessage): Promise<void>
  /** How it ended; rejects for our own fault. */
  readonly ended: Promise<Outcome>
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
  io: ConnectionIo,
  limits: Limits,
): WsConnection {
  const { connection } = io
  const ending = Promise.withResolvers<Outcome>()
  const arrivals = createArrivals()
  const outgoing: Outgoing[] = []
  const ponger = createPonger(ws)
  let bytesRead = 0
  let bytesWritten = 0
  let socketError: Error | null = null
  let failure: string | null = null
  let firstClose: { readonly seq: number; readonly by: CloseDetail['by'] } | null = null
  let peerClose: CloseDetail | null = null
  /** After a fault `ws` reads on until the peer closes, but hands nothing over any more. */
  let broken = false

  function tapIncoming(chunk: Uint8Array): void {
    if (!broken) arrivals.feed(chunk, now())
    countWire()
  }

  function countWire(): void {
    const read = socket.bytesRead
    const written = socket.bytesWritten
    io.wire(read - bytesRead, written - bytesWritten)
    bytesRead = read
    bytesWritten = written
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
    const arrival = arrivals.take()
    io.emit({
      kind: 'message',
      at: arrival.at,
      connection,
      direction: 'in',
      sizeBytes: data.length,
      wireBytes: arrival.wireBytes,
      replyTo: null,
      code: null,
      detail: messageDetail(
        isBinary ? 'binary' : 'text',
        arrival,
        data.length,
        limits.payloadBytes,
      ),
      // A slice of the chunk that the socket read. Nobody writes to that again: the capture may hold it.
      payload: keptPayload(data, limits.payloadBytes),
    })
  }

  function emitControl(
    kind: 'ping' | 'pong',
    direction: 'in' | 'out',
    frame: Pick<Arrival, 'wireBytes' | 'masked' | 'control'>,
    at: number,
    replyTo: number | null = null,
  ): number {
    const payload = frame.control ?? nothing
    return io.emit({
      kind,
      at,
      connection,
      direction,
      sizeBytes: payload.length,
      wireBytes: frame.wireBytes,
      replyTo,
      code: null,
      detail: frame.masked ? maskedControl : plainControl,
      payload: payload.length > 0 ? payload : null,
    })
  }

  function emitClose(
    direction: 'in' | 'out',
    frame: Pick<Arrival, 'wireBytes' | 'control'>,
    at: number,
  ): void {
    const body = frame.control ?? nothing
    const by = firstClose?.by ?? (direction === 'in' ? 'server' : 'client')
    const detail = { ...readClose(body), by }
    if (direction === 'in') peerClose = detail
    const seq = io.emit({
      kind: 'close',
      at,
      connection,
      direction,
      sizeBytes: body.length,
      wireBytes: frame.wireBytes,
      replyTo: firstClose?.seq ?? null,
      code: null,
      detail,
      payload: null,
    })
    firstClose ??= { seq, by }
  }

  /** `ws` has no event for a close frame. It answers at once, so that the answer tells of it. */
  function emitWaitingClose(): void {
    const arrival = arrivals.takeClose()
    if (arrival !== null) emitClose('in', arrival, arrival.at)
  }

  function handleWritten(frame: WsFrame): void {
    const at = now()
    if (frame.opcode === 8) {
      emitWaitingClose()
      emitClose('out', frame, at)
    } else if (frame.opcode === 9) emitControl('ping', 'out', frame, at)
    else if (frame.opcode === 10) emitControl('pong', 'out', frame, at, ponger.sent())
    else handleSent(frame, at)
  }

  function handleSent(frame: WsFrame, at: number): void {
    const message = outgoing.shift()
    if (message === undefined) throw new Error('ws wrote a message that nobody sent')
    io.emit({
      kind: 'message',
      at,
      connection,
      direction: 'out',
      sizeBytes: message.bytes.length,
      wireBytes: frame.wireBytes,
      replyTo: null,
      code: null,
      detail: messageDetail(
        message.type,
        { fragments: 1, compressed: frame.rsv1, masked: frame.masked },
        message.bytes.length,
        limits.payloadBytes,
      ),
      payload: keptPayload(message.bytes, limits.payloadBytes),
    })
    message.handed.resolve()
  }

  function handleError(error: Error): void {
    // An invalid close frame is drawn as it came, before what is wrong with it.
    emitWaitingClose()
    broken = true
    if (failure !== null || io.signal.aborted) return
    const { code, ...detail } = wsError(error, limits.messageBytes)
    failure = detail.message
    emitError(code, detail)
  }

  function emitError(
    code: string,
    detail: { message: string; advice?: string; cause?: string; closeCode?: number },
  ): void {
    io.emit({
      kind: 'error',
      at: now(),
      connection,
      direction: 'in',
      sizeBytes: 0,
      wireBytes: 0,
      replyTo: null,
      code,
      detail,
      payload: null,
    })
  }

  function handleClosed(): void {
    emitWaitingClose()
    countWire()
    untapWrites()
    io.signal.removeEventListener('abort', stop)
    for (const { handed } of outgoing) handed.reject(notOpen())
    outgoing.length = 0
    ending.resolve(outcome())
  }

  function outcome(): Outcome {
    if (io.signal.aborted) return { kind: 'stopped' }
    if (failure !== null) return { kind: 'refused', message: failure }
    if (peerClose !== null) {
      const { code, reason } = peerClose
      const said = reason === '' ? '' : `, “${reason}”`
      const words = `${code} (${describeCloseCode(code)})${said}`
      const message = `The server closed the connection: ${words}.`
      return { kind: closeOutcome(code), message }
    }
    const message = 'The connection was lost without a close frame.'
    const cause = socketError && 'code' in socketError ? String(socketError.code) : undefined
    emitError('ws-abnormal-closure', { message, closeCode: 1006, ...(cause && { cause }) })
    return { kind: 'lost', message }
  }

  function stop(): void {
    // [rfc6455] 7.4.1: 1000. `ws` destroys the socket when no answer comes within `closeTimeout`.
    ws.close(1000)
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
  ws.on(
    'ping',
    guarded(() => {
      const arrival = arrivals.take()
      const seq = emitControl('ping', 'in', arrival, arrival.at)
      ponger.answer(seq, arrival.control ?? nothing)
    }),
  )
  ws.on(
    'pong',
    guarded(() => {
      const arrival = arrivals.take()
      emitControl('pong', 'in', arrival, arrival.at)
    }),
  )
  ws.on('error', guarded(handleError))
  ws.on('close', guarded(handleClosed))
  if (io.signal.aborted) stop()
  else io.signal.addEventListener('abort', stop, { once: true })
  return { send, ended: ending.promise }
}

const nothing = new Uint8Array(0)
const plainControl: PingDetail = Object.freeze({ masked: false })
const maskedControl: PingDetail = Object.freeze({ masked: true })

function notOpen(): RpcError {
  return new RpcError('not-open', 'There is no open WebSocket to send on.')
}
