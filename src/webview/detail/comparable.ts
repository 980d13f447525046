// Payloads that can be compared, and with which one each is unasked.

import type { Frame, FrameWithPreview } from '../../shared/frame/frame.ts'
import type { NoticeCode } from '../../shared/frame/noticeCodes.ts'
import type { Related } from '../../shared/session/related.ts'

/** Whether its payload can be compared with another. */
export function isComparable({
  frame: { kind, sizeBytes, code },
}: {
  readonly frame: Pick<Frame, 'kind' | 'sizeBytes' | 'code'>
}): boolean {
  return sizeBytes > 0 && (comparable.has(kind) || code === changedCode)
}

/** The frame with which the payload is compared unasked: of what the user changed on its way, the version that came. */
export function comparedWith({ row, answered, before }: Related): FrameWithPreview | null {
  return row.frame.code === changedCode ? answered : before
}

const changedCode: NoticeCode = 'tap-changed'

/** Kinds that carry data. */
const comparable: ReadonlySet<Frame['kind']> = new Set([
  'message',
  'event',
  'record',
  'request',
  'response',
])
