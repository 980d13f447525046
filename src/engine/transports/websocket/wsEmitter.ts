// Frames of an open WebSocket, made from what the tap saw and what `ws` handed over.

import type { Direction } from '../../../shared/frame/frame.ts'
import { share } from '../../../shared/frame/share.ts'
import type { CloseDetail, PingDetail } from '../../../shared/frame/webSocketDetail.ts'
import type { Limits } from '../../../shared/limits.ts'
import { keptPayload } from '../../protocols/keptPayload.ts'
import { messageDetail, readClose } from '../../protocols/websocket/wsDetail.ts'
import { msBetween } from '../clock.ts'
import type { ConnectionFrames, Seen } from '../connectionFrames.ts'
import type { Arrival } from './wsArrivals.ts'
import type { Fragment } from './wsFragments.ts'

export type WireDirection = Exclude<Direction, 'local'>
type SeenMessage = Pick<Arrival, 'at' | 'fragments' | 'compressed' | 'masked' | 'wireBytes'>
type SeenControl = Pick<Arrival, 'at' | 'masked' | 'wireBytes' | 'control'>

export interface WsEmitter {
  /** The bytes are given away. Returns the frame's sequence number. */
  message(
    direction: WireDirection,
    type: 'text' | 'binary',
    bytes: Uint8Array,
    seen: SeenMessage,
  ): number
  /** Returns the frame's sequence number. */
  ping(direction: WireDirection, seen: SeenControl): number
  pong(direction: WireDirection, seen: SeenControl, answer: AnsweredPing): number
  /** Returns what the close frame says. The second one answers the first. */
  close(direction: WireDirection, seen: SeenControl): CloseDetail
  /** From the server, unless `direction` says otherwise. */
  fragment(fragment: Fragment, direction?: WireDirection): void
  /** Who began the closing handshake, and when; null before a close frame. */
  readonly firstClose: { readonly by: CloseDetail['by']; readonly at: number } | null
}

/** The ping that a pong answers, and the time since that left. */
export interface AnsweredPing {
  readonly replyTo: number | null
  readonly rttMs?: number
}

export function createWsEmitter(
  frames: Pick<ConnectionFrames, 'crossed'>,
  { payloadBytes }: Pick<Limits, 'payloadBytes'>,
): WsEmitter {
  let firstClose: {
    readonly seq: number
    readonly by: CloseDetail['by']
    readonly at: number
  } | null = null

  return {
    get firstClose() {
      return firstClose
    },
    message(direction, type, bytes, seen) {
      const sizeBytes = bytes.length
      const { at, wireBytes } = seen
      const payload = keptPayload(bytes, payloadBytes)
      const detail = messageDetail(type, seen, sizeBytes, payloadBytes)
      return frames.crossed('message', direction, detail, {
        at,
        sizeBytes,
        wireBytes,
        payload,
        replyTo: null,
      })
    },
    ping(direction, seen) {
      const detail = seen.masked ? maskedControl : plainControl
      return frames.crossed('ping', direction, detail, seenControl(seen, null))
    },
    pong(direction, seen, { replyTo, rttMs }) {
      const sort = seen.masked ? maskedControl : plainControl
      const detail = rttMs === undefined ? sort : { ...sort, rttMs }
      return frames.crossed('pong', direction, detail, seenControl(seen, replyTo))
    },
    close(direction, seen) {
      const { at } = seen
      const by = firstClose?.by ?? (direction === 'in' ? 'server' : 'client')
      const replyMs = firstClose === null ? {} : { replyMs: msBetween(firstClose.at, at) }
      const detail = { ...readClose(seen.control ?? nothing), by, ...replyMs }
      const shown = { ...seenControl(seen, firstClose?.seq ?? null), payload: null }
      const seq = frames.crossed('close', direction, detail, shown)
      firstClose ??= { seq, by, at }
      return detail
    },
    fragment(fragment, direction = 'in') {
      const { at, index, opcode, fin, rsv, masked } = fragment
      const { payloadBytes: sizeBytes, wireBytes } = fragment
      const detail = { index, opcode, fin, rsv, masked }
      const shown = { at, sizeBytes, wireBytes, payload: null, replyTo: null }
      frames.crossed('fragment', direction, detail, shown)
    },
  }
}

function seenControl({ at, wireBytes, control }: SeenControl, replyTo: number | null): Seen {
  const sizeBytes = control?.length ?? 0
  return { at, sizeBytes, wireBytes, payload: sizeBytes > 0 ? control : null, replyTo }
}

const nothing = new Uint8Array(0)
const plainControl: PingDetail = share({ masked: false })
const maskedControl: PingDetail = share({ masked: true })
