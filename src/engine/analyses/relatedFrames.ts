// The frames that one belongs to: what it answers, its connection's handshake, the fragments of its message.

import type { Frame, FrameOf, FrameWithPreview } from '../../shared/frame/frame.ts'
import type { Handshake, Related } from '../../shared/session/related.ts'
import { firstOfConnection } from './firstOfConnection.ts'
import { likeness } from './likeness.ts'

/** Frames from `seq` on, in order; fewer than `count` at the end and where they are large. */
type ReadFrames = (seq: number, count: number) => { readonly rows: readonly FrameWithPreview[] }

/** Frames looked through for a handshake, from the first of the connection. */
const handshakeReach = 50
/** Frames looked through for an answer, after its request. */
const answerReach = 50
/** Frames between an error and what it broke off. */
const restReach = 3
/** Frames looked through for the one before of a kind, so many at a time. */
const beforeReach = 500
const beforeStep = 50
/** Other frames that may lie between the fragments of a message. */
const fragmentReach = 100
const maxFragments = 400

/** Null when there is no such frame. Reads a few hundred frames at the most. */
export function relatedFrames(read: ReadFrames, seq: number): Related | null {
  const row = frameAt(read, seq)
  if (row === null) return null
  const { frame } = row
  return {
    row,
    answered: frame.replyTo === null ? null : frameAt(read, frame.replyTo),
    cameSeq: frame.kind === 'error' ? findWhatCame(read, frame) : null,
    handshake: findHandshake(read, frame),
    fragments: frame.kind === 'message' ? findFragments(read, frame) : [],
    before: findBefore(read, row),
  }
}

function frameAt(read: ReadFrames, seq: number): FrameWithPreview | null {
  const [row] = read(seq, 1).rows
  return row?.frame.seq === seq ? row : null
}

function framesFrom(read: ReadFrames, seq: number, count: number): readonly Frame[] {
  return read(seq, count).rows.map(({ frame }) => frame)
}

function findWhatCame(read: ReadFrames, error: Frame): number | null {
  const { seq, replyTo, sizeBytes } = error
  if (sizeBytes > 0) return seq
  const answer =
    replyTo === null
      ? undefined
      : framesFrom(read, replyTo + 1, answerReach).find(
          (frame) => frame.kind === 'response' && frame.replyTo === replyTo,
        )
  // That of a stream has no body: what was left of it stands beside the error.
  if (answer !== undefined && answer.sizeBytes > 0) return answer.seq
  return findRest(read, error) ?? answer?.seq ?? null
}

/** What had come of something that an error broke off: told just before it, or just after. */
function findRest(read: ReadFrames, { seq, connection }: Frame): number | null {
  const near = framesFrom(read, Math.max(1, seq - restReach), 2 * restReach + 1).filter(
    (frame) => frame.connection === connection && holdsRest(frame),
  )
  const found = near.findLast((frame) => frame.seq < seq) ?? near.find((frame) => frame.seq > seq)
  return found?.seq ?? null
}

function holdsRest(frame: Frame): boolean {
  if (frame.sizeBytes === 0) return false
  if (frame.kind === 'ignored') return restReasons.has(frame.detail.why)
  return frame.kind === 'notice'
}

const restReasons: ReadonlySet<string> = new Set(['unfinished', 'not-decoded'])

function findHandshake(read: ReadFrames, { connection, seq }: Frame): Handshake | null {
  const frames = framesFrom(read, firstOfConnection(read, connection, seq), handshakeReach)
  const response = frames.find(
    (frame): frame is FrameOf<'response'> =>
      frame.kind === 'response' &&
      frame.detail.purpose === 'handshake' &&
      frame.connection === connection,
  )
  if (!response) return null
  const request = frames.find((frame) => frame.seq === response.replyTo)
  return { request: request?.kind === 'request' ? request : null, response }
}

function findFragments(
  read: ReadFrames,
  { seq, connection, direction, detail }: FrameOf<'message'>,
): readonly FrameOf<'fragment'>[] {
  if (detail.fragments < 2) return []
  const reach = Math.min(detail.fragments, maxFragments) + fragmentReach
  const first = Math.max(1, seq - reach)
  const own = framesFrom(read, first, seq - first).filter(
    (frame): frame is FrameOf<'fragment'> =>
      frame.kind === 'fragment' && frame.connection === connection && frame.direction === direction,
  )
  return own.slice(own.findLastIndex(({ detail: { index } }) => index === 1))
}

function findBefore(
  read: ReadFrames,
  { frame, preview }: FrameWithPreview,
): FrameWithPreview | null {
  const { seq, sizeBytes } = frame
  const kind = likenessOf(frame, preview)
  if (kind === null || sizeBytes === 0) return null
  for (let end = seq; end > 1 && end > seq - beforeReach; end -= beforeStep) {
    const first = Math.max(1, end - beforeStep)
    const { rows } = read(first, end - first)
    const found = rows.findLast(
      (row) =>
        row.frame.seq < end &&
        row.frame.sizeBytes > 0 &&
        likenessOf(row.frame, row.preview) === kind,
    )
    if (found) return found
  }
  return null
}

function likenessOf(frame: Frame, preview: string | null): string | null {
  return likeness(frame, preview === null ? null : new TextEncoder().encode(preview))
}
