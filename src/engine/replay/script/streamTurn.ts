// A stream while its frames are read.

import type { Frame, FrameOf } from '../../../shared/frame/frame.ts'
import { isEventStream } from '../../../shared/frame/headerFields.ts'
import { isCue, isLoss, type OpenTurn } from './openTurn.ts'
import type { StreamFormat, StreamItem, StreamTurn } from './script.ts'
import { type Asked, turnHead } from './turnHead.ts'

export function isStream({ detail, sizeBytes }: FrameOf<'response'>): boolean {
  const { purpose, status, redirectTo } = detail
  const isGood = status >= 200 && status < 300 && status !== 204 && redirectTo === undefined
  return purpose === 'stream' && isGood && sizeBytes === 0
}

export function openStream(asked: Asked, response: FrameOf<'response'>): OpenTurn {
  const items: StreamItem[] = []
  let startedAt = response.at
  let lastAt = response.at
  let lastId = ''
  /** The client has left, or Lifeline has: the server would have gone on. */
  let leftAt: number | null = null
  let end: { readonly at: number; readonly isCut: boolean } | null = null
  let format: StreamFormat | null =
    response.detail.stream ?? (isEventStream(response.detail) ? 'sse' : null)

  function whatOf(frame: Frame): StreamItem['what'] | null {
    switch (frame.kind) {
      case 'event': {
        const { type, lastEventId: id, sameId = false } = frame.detail
        const ownId = sameId || id !== lastId
        lastId = id
        return { kind: 'event', type, id, ownId }
      }
      case 'comment':
        return { kind: 'comment' }
      case 'retry':
        return { kind: 'retry', delayMs: frame.detail.delayMs }
      case 'record':
        format ??= frame.detail.format
        return { kind: 'record', headers: frame.detail.headers ?? [] }
      default:
        return null
    }
  }

  /** By the server: a tap tells it; else what follows is a wait, or the end of the session. */
  function isEndedInPeace({ kind, code, replyTo }: Frame): boolean {
    if (code === 'tap-stream-ended') return replyTo === asked.frame.seq
    return kind === 'wait' || kind === 'end'
  }

  function isLeft({ kind, code, replyTo }: Frame): boolean {
    const isTold = code === 'tap-client-left' || code === 'stopped-in-body'
    return kind === 'notice' && isTold && replyTo === asked.frame.seq
  }

  return {
    get isOver() {
      return end !== null || leftAt !== null
    },
    add(frame, counts) {
      if (end !== null && frame.at > end.at) return
      if (isLoss(frame, asked.frame)) end = { at: frame.at, isCut: true }
      else if (isLeft(frame)) leftAt = frame.at
      else if (isEndedInPeace(frame)) end = { at: frame.at, isCut: false }
      if (!isCue(frame)) return
      lastAt = frame.at
      const what = whatOf(frame)
      if (what !== null && counts) items.push({ at: frame.at - startedAt, seq: frame.seq, what })
    },
    begin(at) {
      startedAt = Math.max(startedAt, at)
    },
    resumed(id) {
      if (id !== '' && id === lastId) end = { at: lastAt, isCut: false }
    },
    close(at, isWhole): StreamTurn {
      // Where a tap has told no end, such as in a part of a capture. In a capture that goes on, an EventSource, which asks by GET, stays.
      const isTapped = asked.frame.detail.client !== undefined && leftAt === null
      const inPeace = isTapped && (isWhole || asked.method !== 'GET')
      const over = end ?? (inPeace ? { at: lastAt, isCut: false } : null)
      return {
        ...turnHead(asked, response),
        ...{ kind: 'stream', format: format ?? 'text', items },
        end: over && { ...over, at: Math.max(0, over.at - startedAt) },
        lengthMs: Math.max(0, (over?.at ?? leftAt ?? at) - startedAt),
      }
    },
  }
}
