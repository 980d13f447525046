// Messages that `ws` was given and has not written yet, in order.

import type { WebSocket } from 'ws'
import type { OutgoingMessage } from '../../../shared/endpoint/endpoint.ts'
import { notOpen } from '../notOpen.ts'

export interface WsOutbox {
  /** Resolves when the message has been handed to the socket; rejects with `not-open`. */
  send(message: OutgoingMessage): Promise<void>
  /** The oldest one, which has been written: resolve `handed` when it is told. */
  take(): Waiting
  /** Nothing is written any more: whoever waits is refused. */
  close(): void
}

/** A message on its way. */
export interface Waiting {
  readonly type: OutgoingMessage['type']
  readonly bytes: Uint8Array
  readonly handed: PromiseWithResolvers<void>
}

export function createOutbox(ws: Pick<WebSocket, 'OPEN' | 'readyState' | 'send'>): WsOutbox {
  const waiting: Waiting[] = []
  return {
    send(message) {
      if (ws.readyState !== ws.OPEN) return Promise.reject(notOpen())
      const { type } = message
      const bytes = message.type === 'text' ? Buffer.from(message.text) : message.bytes
      const handed = Promise.withResolvers<void>()
      waiting.push({ type, bytes, handed })
      ws.send(bytes, { binary: type === 'binary' }, (error) => {
        if (error) handed.reject(notOpen())
      })
      return handed.promise
    },
    take() {
      const message = waiting.shift()
      if (message === undefined) throw new Error('ws wrote a message that nobody sent')
      return message
    },
    close() {
      for (const { handed } of waiting) handed.reject(notOpen())
      waiting.length = 0
    },
  }
}
