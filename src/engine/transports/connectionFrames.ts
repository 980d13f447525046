// Frames of one connection: fills in the head that all of them share, and records them.

import type {
  Direction,
  FrameDetails,
  FrameKind,
  NewCodes,
  NewFrame,
} from '../../shared/frame/frame.ts'
import type { NoticeCode } from '../../shared/frame/noticeCodes.ts'
import type { Came } from '../protocols/bytes/cameBytes.ts'
import type { Fault } from '../protocols/fault.ts'
import { now } from './clock.ts'
import type { ConnectionIo } from './transport.ts'

/** What the wire showed of a frame. */
export interface Seen {
  /** Epoch ms at which its last byte arrived or left. */
  readonly at: number
  /** Bytes of the whole payload, kept or not. */
  readonly sizeBytes: number
  readonly wireBytes: number
  /** The buffer is given away. */
  readonly payload: Uint8Array | null
  readonly replyTo: number | null
}

/** Where a fault or a notice belongs, where it is not as usual. */
export interface Place {
  /** `in` for what the peer did, `local` for what Lifeline did. */
  readonly direction?: 'in' | 'local'
  /** The present, unless given. */
  readonly at?: number
  /** Sequence number of the frame that it is about. */
  readonly replyTo?: number | null
  /** What it is about. */
  readonly came?: Came | null
}

/** Each answers with the frame's sequence number. */
export interface ConnectionFrames {
  /** What crossed the wire. */
  crossed<K extends Exclude<FrameKind, keyof NewCodes>>(
    kind: K,
    direction: Direction,
    detail: FrameDetails[K],
    seen: Seen,
  ): number
  /** The peer's fault, unless `place` says otherwise. */
  error(fault: Fault & { readonly closeCode?: number }, place?: Place): number
  /** Lifeline's own act or finding, unless `place` says otherwise. */
  notice(code: NoticeCode, message: string, place?: Place): number
}

export function connectionFrames({
  connection,
  emit,
}: Pick<ConnectionIo, 'connection' | 'emit'>): ConnectionFrames {
  function said<K extends keyof NewCodes>(
    kind: K,
    direction: Direction,
    code: NewCodes[K],
    detail: FrameDetails[K],
    place: Place | undefined,
  ): number {
    const { bytes, sizeBytes = 0, wireBytes = 0, isWhole } = place?.came ?? {}
    const isCut = bytes !== undefined && !(isWhole ?? bytes.length >= sizeBytes)
    // Kind and detail are those of one frame.
    return emit({
      kind,
      at: place?.at ?? now(),
      connection,
      direction: place?.direction ?? direction,
      sizeBytes,
      wireBytes,
      replyTo: place?.replyTo ?? null,
      code,
      detail: isCut ? { ...detail, truncatedAt: bytes.length } : detail,
      payload: bytes === undefined || bytes.length === 0 ? null : bytes,
    } as NewFrame)
  }

  return {
    // For each frame of a flood: the fields are named one by one, nothing is spread.
    crossed: (kind, direction, detail, seen) =>
      emit({
        kind,
        at: seen.at,
        connection,
        direction,
        sizeBytes: seen.sizeBytes,
        wireBytes: seen.wireBytes,
        replyTo: seen.replyTo,
        code: null,
        detail,
        payload: seen.payload,
      } as NewFrame),
    error: ({ code, ...detail }, place) => said('error', 'in', code, detail, place),
    notice: (code, message, place) => said('notice', 'local', code, { message }, place),
  }
}
