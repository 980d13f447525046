// Frames of an open WebSocket, made from what the tap saw and what `ws` handed over.

import type { ErrorCode } from '../../../shared/frame/errorCodes.ts'
import type { NoticeCode } from '../../../shared/frame/noticeCodes.ts'
import type { CloseDetail, PingDetail } from '../../../shared/frame/webSocketDetail.ts'
import type { Limits } from '../../../shared/limits.ts'
import { keptPayload } from '../../protocols/keptPayload.ts'
import { messageDetail, readClose } from '../../protocols/websocket/wsDetail.ts'
import { msBetween, now } from '../clock.ts'
import { remark } from '../remark.ts'
import type { ConnectionIo } from '../transport.ts'
import type { Arrival, Fragment } from './wsArrivals.ts'

type Way = 'in' | 'out'
type SeenMessage = Pick<Arrival, 'at' | 'fragments' | 'compressed' | 'masked' | 'wireBytes'>
type SeenControl = Pick<Arrival, 'at' | 'masked' | 'wireBytes' | 'control'>

/** Words of a fault, a finding or an act. */
export interface Remark {
  readonly message: string
  readonly advice?: string
  readonly cause?: string
  readonly closeCode?: number
}

export interface WsEmitter {
  /** The bytes are given away. */
  message(way: Way, type: 'text' | 'binary', bytes: Uint8Array, seen: SeenMessage): void
  /** Returns the frame's sequence number. */
  ping(way: Way, seen: SeenControl): number
  pong(way: Way, seen: SeenControl, answer: PongAnswer): number
  /** Returns what the close frame says. The second one answers the first. */
  close(way: Way, seen: SeenControl): CloseDetail
  fragment(fragment: Fragment): void
  error(code: ErrorCode, words: Remark): void
  notice(code: NoticeCode, words: Remark): void
  /** Who began the closing handshake, and when; null before a close frame. */
  readonly firstClose: { readonly by: CloseDetail['by']; readonly at: number } | null
}

/** The ping that a pong answers, and for one of ours the time since it left. */
export interface PongAnswer {
  readonly replyTo: number | null
  readonly rttMs?: number
}

export function createWsEmitter(
  { connection, emit }: Pick<ConnectionIo, 'connection' | 'emit'>,
  limits: Limits,
): WsEmitter {
  let firstClose: {
    readonly seq: number
    readonly by: CloseDetail['by']
    readonly at: number
  } | null = null

  function controlHead(way: Way, seen: SeenControl, replyTo: number | null) {
    const payload = seen.control ?? nothing
    return {
      at: seen.at,
      connection,
      direction: way,
      sizeBytes: payload.length,
      wireBytes: seen.wireBytes,
      replyTo,
      code: null,
      payload: payload.length > 0 ? payload : null,
    }
  }

  function place() {
    return { at: now(), connection, replyTo: null }
  }

  return {
    get firstClose() {
      return firstClose
    },
    message(way, type, bytes, seen) {
      emit({
        kind: 'message',
        at: seen.at,
        connection,
        direction: way,
        sizeBytes: bytes.length,
        wireBytes: seen.wireBytes,
        replyTo: null,
        code: null,
        detail: messageDetail(type, seen, bytes.length, limits.payloadBytes),
        payload: keptPayload(bytes, limits.payloadBytes),
      })
    },
    ping: (way, seen) =>
      emit({
        ...controlHead(way, seen, null),
        kind: 'ping',
        detail: seen.masked ? maskedControl : plainControl,
      }),
    pong(way, seen, { replyTo, rttMs }) {
      const sort = seen.masked ? maskedControl : plainControl
      const detail = rttMs === undefined ? sort : { ...sort, rttMs }
      return emit({ ...controlHead(way, seen, replyTo), kind: 'pong', detail })
    },
    close(way, seen) {
      const { at } = seen
      const by = firstClose?.by ?? (way === 'in' ? 'server' : 'client')
      const replyMs = firstClose === null ? {} : { replyMs: msBetween(firstClose.at, at) }
      const detail = { ...readClose(seen.control ?? nothing), by, ...replyMs }
      const head = controlHead(way, seen, firstClose?.seq ?? null)
      const seq = emit({ ...head, kind: 'close', detail, payload: null })
      firstClose ??= { seq, by, at }
      return detail
    },
    fragment({ at, index, opcode, fin, rsv, masked, payloadBytes, wireBytes }) {
      emit({
        kind: 'fragment',
        at,
        connection,
        direction: 'in',
        sizeBytes: payloadBytes,
        wireBytes,
        replyTo: null,
        code: null,
        detail: { index, opcode, fin, rsv, masked },
        payload: null,
      })
    },
    error: (code, words) => void emit(remark('error', 'in', code, words, place())),
    notice: (code, words) => void emit(remark('notice', 'local', code, words, place())),
  }
}

const nothing = new Uint8Array(0)
const plainControl: PingDetail = Object.freeze({ masked: false })
const maskedControl: PingDetail = Object.freeze({ masked: true })
