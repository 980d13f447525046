// One HTTP/2 connection: Node's session on a tapped socket, and what its frames said.

import {
  type ClientHttp2Session,
  type ClientHttp2Stream,
  type ClientSessionOptions,
  connect,
} from 'node:http2'
import type { Socket } from 'node:net'
import type { Limits } from '../../../shared/limits.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { type BodyPositions, createBodyPositions } from '../../protocols/http2/bodyPositions.ts'
import { isControl } from '../../protocols/http2/controlFrame.ts'
import { type Goaway, readGoaway } from '../../protocols/http2/http2Fault.ts'
import {
  beginsHttp2,
  beginsWithFrame,
  createHttp2FrameReader,
  type FramePlace,
  frameFlags,
  frameTypes,
  type Http2Frame,
  paddingOf,
  prefaceBytes,
  uint32At,
  withoutContents,
} from '../../protocols/http2/http2Frames.ts'
import { now } from '../clock.ts'
import type { ControlFrame, Http2Facts } from '../sentRequest.ts'
import type { Http2Chosen } from './http2Chosen.ts'
import { tappedSocket } from './tappedSocket.ts'

/** What the frames of one stream said. */
export interface StreamState {
  /** The server has ended it as it should. */
  ended: boolean
  /** Its error code, where it has ended it otherwise. */
  resetBy: number | null
  /** Of the last head before the body. */
  headAt: number | null
  /** Bytes of the connection up to the end of that head. */
  headEndsAt: number
  /** Data has come. */
  inBody: boolean
  /** Of the connection's bytes. */
  readonly positions: BodyPositions
  /** Our own end has left. */
  sent(): void
  /** The server takes no more requests, and goes on with this one. */
  lastOne(goaway: Goaway): void
}

export interface Http2Connection {
  readonly socket: Socket
  readonly told: Http2Facts['told']
  /** Whether another request may go out on it. */
  usable(): boolean
  /** Opens a stream. Throws what is wrong with the fields. */
  open(fields: NamedValues, isWhole: boolean): ClientHttp2Stream
  /** What is known of a stream from now on. */
  watch(streamId: number, on: Pick<StreamState, 'sent' | 'lastOne'>): StreamState
  forget(streamId: number): void
  /** Control frames go to `tell`, those first that came while nobody heard of them; null: nobody does. */
  hear(tell: ((control: ControlFrame) => void) | null): void
  /** The largest head that is taken. */
  readonly headBytes: number
  /** Bytes that came on the socket before its first frame. */
  readonly readBefore: number
  goaway(): Goaway | null
  /** What came first begins no HTTP/2. */
  isForeign(): boolean
  /** What came last, in one piece: of HTTP/2 without what its messages hold. */
  cameLast(): Uint8Array | null
  /** Why the library gave the connection up. */
  failure(): Error | null
  /** No other request goes out on it. */
  retire(): void
  /** Ends it, with every stream. */
  close(): void
}

/** [rfc9113] 6.9.2 begins with 64 KiB, which a round trip of 100 ms makes 640 KB/s: browsers and curl allow for more. */
const windowBytes = 4 * 1024 * 1024
/** Control frames while no request is open: a PING every few seconds fills this in an hour. */
const maxUntold = 1000
/** Fields in a head: its bytes are limited instead. */
const maxFields = 65_535

export function createHttp2Connection(
  { socket, counted }: Pick<Http2Chosen, 'socket' | 'counted'>,
  origin: string,
  limits: Limits,
): Http2Connection {
  const streams = new Map<number, StreamState>()
  let goaway: Goaway | null = null
  /** Its first bytes, until they are enough to tell. */
  let first: Uint8Array = new Uint8Array(0)
  let isHttp2: boolean | null = null
  let failure: Error | null = null
  let arrivedAt = now()
  let retired = false
  let last: { readonly bytes: Uint8Array; readonly place: FramePlace } | null = null
  let tell: ((control: ControlFrame) => void) | null = null
  let untold: ControlFrame[] = []

  const frames = createHttp2FrameReader(handleFrame)
  const ownFrames = createHttp2FrameReader(handleOwnFrame, prefaceBytes)
  const options: ClientSessionOptions & { readonly strictSingleValueFields: boolean } = {
    createConnection: () =>
      tappedSocket(socket, {
        read(bytes) {
          arrivedAt = now()
          last = { bytes, place: frames.place() }
          if (isHttp2 === null) judge(bytes)
          frames.read(bytes)
        },
        written: ownFrames.read,
      }),
    settings: {
      enablePush: false,
      initialWindowSize: windowBytes,
      maxHeaderListSize: limits.headBytes,
    },
    maxHeaderListPairs: maxFields,
    // A field that comes twice goes out twice, as in HTTP/1.1.
    strictSingleValueFields: false,
  }
  // As Node does with a socket that it has itself.
  socket.setNoDelay()
  const session: ClientHttp2Session = connect(origin, options)
  session.setLocalWindowSize(windowBytes)
  // Each stream hears of it, too.
  session.on('error', (error) => {
    failure ??= error
  })

  function control(direction: 'in' | 'out', frame: Http2Frame): void {
    if (!isControl(frame)) return
    const one = { direction, at: now(), frame }
    if (tell !== null) tell(one)
    else if (untold.length < maxUntold) untold.push(one)
    // Whoever floods a connection on which nobody asks is left.
    else session.destroy()
  }

  function judge(bytes: Uint8Array): void {
    first = Buffer.concat([first, bytes.subarray(0, 16)])
    isHttp2 = beginsHttp2(first)
  }

  function handleFrame(frame: Http2Frame): void {
    const { type, flags, streamId, payload, endsAt } = frame
    control('in', frame)
    if (type === frameTypes.goaway && goaway === null) {
      // [rfc9113] 6.8: the first bit is reserved.
      const lastStreamId = uint32At(payload, 0) & 0x7fffffff
      goaway = readGoaway(lastStreamId, uint32At(payload, 4), payload.subarray(8))
      for (const [id, open] of streams) {
        if (!open.ended && goaway.code === 0 && id <= lastStreamId) open.lastOne(goaway)
      }
    }
    const stream = streams.get(streamId)
    if (stream === undefined) return
    if (type === frameTypes.reset) stream.resetBy ??= uint32At(payload, 0)
    if (type === frameTypes.data) {
      const padding = paddingOf(frame)
      stream.inBody = true
      stream.positions.frame(frame.payloadBytes - padding, padding, endsAt)
    }
    if (!stream.inBody && (type === frameTypes.headers || type === frameTypes.continuation)) {
      stream.headAt = arrivedAt
      stream.headEndsAt = endsAt
      stream.positions.begin(endsAt)
    }
    if ((type === frameTypes.data || type === frameTypes.headers) && flags & frameFlags.endStream) {
      stream.ended = true
    }
  }

  function handleOwnFrame(frame: Http2Frame): void {
    const { type, flags, streamId } = frame
    control('out', frame)
    if ((type === frameTypes.data || type === frameTypes.headers) && flags & frameFlags.endStream) {
      streams.get(streamId)?.sent()
    }
  }

  return {
    socket,
    told: { ...counted, counted: counted.bytesWritten },
    headBytes: limits.headBytes,
    readBefore: counted.bytesRead,
    usable: () =>
      goaway === null && !retired && !session.closed && !session.destroyed && socket.readable,
    open: (fields, isWhole) => session.request(byName(fields), { endStream: isWhole }),
    watch(streamId, on) {
      const state: StreamState = {
        ended: false,
        resetBy: null,
        headAt: null,
        headEndsAt: 0,
        inBody: false,
        positions: createBodyPositions(),
        ...on,
      }
      streams.set(streamId, state)
      return state
    },
    forget: (streamId) => streams.delete(streamId),
    hear(next) {
      tell = next
      if (tell === null) return
      for (const one of untold) tell(one)
      untold = []
    },
    goaway: () => goaway,
    isForeign: () => isHttp2 === false,
    cameLast() {
      if (last === null) return null
      const isFramed = isHttp2 === true || beginsWithFrame(first)
      return isFramed ? withoutContents(last.bytes, last.place) : last.bytes
    },
    failure: () => failure,
    retire() {
      retired = true
    },
    close: () => session.destroy(),
  }
}

/** As Node takes fields; those of one name stand together in a list. */
function byName(fields: NamedValues): Record<string, string | string[]> {
  // Without a prototype: a field may be called `__proto__`.
  const named: Record<string, string | string[]> = Object.create(null)
  for (const [name, value] of fields) {
    const before = named[name]
    named[name] = before === undefined ? value : [before, value].flat()
  }
  return named
}
