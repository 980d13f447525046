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
  let endedAt: number | null = null

  /** `what` null: the client began it. */
  function end(at: number, what: Message['what'] | null): void {
    if (what !== null) messages.push({ at: at - startedAt, after: heardAt.length, what })
    endedAt = at
  }

  return {
    get isOver() {
      return endedAt !== null
    },
    add(frame, counts) {
      const { at, seq } = frame
      if (isLoss(frame, asked.frame)) end(at, { kind: 'drop' })
      else if (frame.kind === 'close') {
        const { by, code, reason } = frame.detail
        end(at, by === 'server' ? { kind: 'close', code, reason } : null)
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
      return {
        ...turnHead(asked, response),
        ...{ kind: 'conversation', messages, heardAt },
        protocol: headerValue(headers, 'sec-websocket-protocol'),
        compresses: /permessage-deflate/i.test(
          headerValue(headers, 'sec-websocket-extensions') ?? '',
        ),
        lengthMs: Math.max(0, (endedAt ?? at) - startedAt),
      }
    },
  }
}
