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

  return {
    get isOver() {
      return end !== null
    },
    add(frame, counts) {
      if (isLoss(frame, asked.frame)) end = { at: frame.at, isCut: true }
      // The server has ended it in peace: what follows is a wait, or the end of the session.
      else if (frame.kind === 'wait' || frame.kind === 'end') end = { at: frame.at, isCut: false }
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
    close(at): StreamTurn {
      // Through a tap a stream that ends in peace is followed by nothing. Only an EventSource, which asks by GET, stays.
      const isAnswer = asked.frame.detail.client !== undefined && asked.method !== 'GET'
      const over = end ?? (isAnswer ? { at: lastAt, isCut: false } : null)
      return {
        ...turnHead(asked, response),
        ...{ kind: 'stream', format: format ?? 'text', items },
        end: over && { ...over, at: Math.max(0, over.at - startedAt) },
        lengthMs: Math.max(0, (over?.at ?? at) - startedAt),
      }
    },
  }
}
