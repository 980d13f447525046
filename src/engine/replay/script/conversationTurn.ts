// The conversation over a WebSocket while its frames are read.

import type { FrameOf } from '../../../shared/frame/frame.ts'
import { headerValue } from '../../../shared/frame/headerFields.ts'
import { isLoss, type OpenTurn } from './openTurn.ts'
import type { ConversationTurn, Message } from './script.ts'
import { type Asked, turnHead } from './turnHead.ts'

export function isOpened({ detail }: FrameOf<'response'>): boolean {
  return detail.purpose === 'handshake' && detail.status === 101 && detail.refused !== true
}

export function openConversation(asked: Asked, response: FrameOf<'response'>): OpenTurn {
  const messages: Message[] = []
  const heardAt: number[] = []
  const { headers } = response.detail
  let startedAt = response.at
  /** `what` null: the client began it. */
  let ended: { readonly at: number; readonly what: Message['what'] | null } | null = null

  return {
    get isOver() {
      return ended !== null
    },
    add(frame, counts) {
      const { at, seq } = frame
      // What takes a moment to be decompressed is recorded behind the close that it came before.
      if (ended !== null && at > ended.at) return
      if (isLoss(frame, asked.frame)) ended ??= { at, what: { kind: 'drop' } }
      else if (frame.kind === 'close') {
        const { by, code, reason } = frame.detail
        ended ??= { at, what: by === 'server' ? { kind: 'close', code, reason } : null }
      } else if (frame.kind === 'message' && counts) {
        if (frame.direction === 'out') heardAt.push(at - startedAt)
        else {
          const { type: kind, compressed } = frame.detail
          const what = { kind, seq, compressed }
          messages.push({ at: at - startedAt, after: heardAt.length, what })
        }
      }
    },
    begin(at) {
      startedAt = Math.max(startedAt, at)
    },
    resumed() {},
    close(at): ConversationTurn {
      const inOrder = messages.toSorted((one, other) => one.at - other.at)
      if (ended?.what) {
        const { what } = ended
        inOrder.push({ at: ended.at - startedAt, after: heardAt.length, what })
      }
      return {
        ...turnHead(asked, response),
        ...{ kind: 'conversation', messages: inOrder, heardAt },
        protocol: headerValue(headers, 'sec-websocket-protocol'),
        compresses: /permessage-deflate/i.test(
          headerValue(headers, 'sec-websocket-extensions') ?? '',
        ),
        lengthMs: Math.max(0, (ended?.at ?? at) - startedAt),
      }
    },
  }
}
