// The facts of a frame in one line: number, way, type and sizes, and what it answers.

import type { Frame, FrameWithPreview } from '../../shared/frame/frame.ts'
import { jsonKind } from '../../shared/frame/labels.ts'
import { formatCount, formatSize } from '../../shared/text/units.ts'
import { afterWords, hasSize, kindWord, tellsOf } from './frameFacts.ts'

const arrows = { out: '→', in: '←', local: '·' } as const

/** `#12,481` and `← trade · 131 B · 44 B on wire`. */
export function factLine({ frame, preview }: FrameWithPreview): {
  readonly number: string
  readonly words: string
} {
  const { seq, direction, sizeBytes, wireBytes } = frame
  // A head without a body has its size on the wire.
  const isHead = frame.kind === 'request' || frame.kind === 'response'
  const wire = hasSize(frame) && wireBytes !== sizeBytes ? `${formatSize(wireBytes)} on wire` : ''
  const parts = [
    `${arrows[direction]} ${typeWord(frame, preview)}`,
    hasSize(frame) && !(isHead && sizeBytes === 0) ? formatSize(sizeBytes) : '',
    wire,
  ]
  return { number: `#${formatCount(seq)}`, words: parts.filter((part) => part !== '').join(' · ') }
}

/** `answers #12,466 after 3.4 ms`. `askedAt`: epoch ms of the frame that it answers; null while that is not read. */
export function answersWords(frame: Frame, askedAt: number | null): string {
  const verb = tellsOf(frame) ? 'about' : 'answers'
  const number = `#${formatCount(frame.replyTo ?? 0)}`
  const after = askedAt === null ? '' : afterWords(frame, askedAt)
  return [verb, number, after].filter((part) => part !== '').join(' ')
}

/** What says most of its kind: the type of an event, a status, a method, the type that JSON gives itself. */
function typeWord(frame: Frame, preview: string | null): string {
  switch (frame.kind) {
    case 'event':
      return frame.detail.type
    case 'response':
      return String(frame.detail.status)
    case 'request':
      return frame.detail.method
    case 'message':
      return jsonType(frame, preview) ?? frame.detail.type
    default:
      return kindWord(frame)
  }
}

/** The preview is the beginning of it, with white space folded. */
function jsonType(frame: Frame, preview: string | null): string | null {
  return preview === null
    ? null
    : (jsonKind(frame, new TextEncoder().encode(preview))?.type ?? null)
}
