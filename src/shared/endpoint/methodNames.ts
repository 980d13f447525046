// What the methods are called on screen.

import type { Method } from './endpoint.ts'

export const methodNames: Readonly<Record<Method, string>> = {
  polling: 'Polling',
  'long-polling': 'Long polling',
  sse: 'Server-Sent Events',
  websocket: 'WebSocket',
}
