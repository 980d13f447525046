// An answer that comes in pieces with time between them: each piece is drawn when it has come.

import { namedCharset } from '../../../shared/frame/charset.ts'
import { share } from '../../../shared/frame/share.ts'
import type { RecordDetail } from '../../../shared/frame/streamDetail.ts'
import { createByteGatherer } from '../../protocols/bytes/byteGatherer.ts'
import { connectionFrames } from '../connectionFrames.ts'
import type { AnswerHead, ExchangeIo } from '../http/exchange.ts'

/** What comes closer together than this is one piece, such as the packets of a large body. */
const pauseMs = 50
/** But nobody waits longer than this to see what comes without a pause. */
const longestMs = 1000
/** Of one piece; the whole is in the response. */
const drawnBytes = 64 * 1024

const whole: RecordDetail = share({ format: 'text', partial: true })
const cut: RecordDetail = share({ ...whole, truncatedAt: drawnBytes })

export interface AnswerPieces {
  /** The bytes are lent. */
  arrived(bytes: Uint8Array, at: number): void
  /** The answer is complete: what is left of it is drawn if a piece was before. */
  finish(): void
  /** There is no more: nothing is drawn any longer. */
  cancel(): void
}

/** Draws nothing for an answer that comes in one piece. `head` is the answer's. */
export function createAnswerPieces(
  io: Pick<ExchangeIo, 'connection' | 'emit'>,
  head: () => Pick<AnswerHead, 'requestSeq' | 'headers'> | null,
): AnswerPieces {
  const frames = connectionFrames(io)
  const gathered = createByteGatherer()
  let size = 0
  let firstAt = 0
  let lastAt = 0
  let pieces = 0
  let timer: NodeJS.Timeout | undefined

  function draw(): void {
    if (size === 0) return
    pieces++
    const { requestSeq = null, headers = [] } = head() ?? {}
    const charset = namedCharset(headers) ?? 'utf-8'
    const detail = gathered.size() < size ? cut : whole
    frames.crossed('record', 'in', charset === 'utf-8' ? detail : { ...detail, charset }, {
      at: lastAt,
      sizeBytes: size,
      wireBytes: 0,
      // The gatherer's buffer is larger than what is in it.
      payload: gathered.take().slice(),
      replyTo: requestSeq,
    })
    size = 0
  }

  return {
    arrived(bytes, at) {
      if (bytes.byteLength === 0) return
      if (at - firstAt > longestMs) draw()
      if (size === 0) firstAt = at
      const room = drawnBytes - gathered.size()
      if (room > 0) gathered.add(bytes.subarray(0, room))
      size += bytes.byteLength
      lastAt = at
      timer = timer?.refresh() ?? setTimeout(draw, pauseMs)
    },
    finish() {
      clearTimeout(timer)
      if (pieces > 0) draw()
    },
    cancel: () => clearTimeout(timer),
  }
}
