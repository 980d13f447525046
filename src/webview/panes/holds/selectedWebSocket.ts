// The connection of a row that belongs to a WebSocket.

import type { Row } from '../../../shared/session/captureRows.ts'

/** Null where it belongs to none, or stands for a silence. */
export function selectedWebSocket(row: Row | null): number | null {
  if (row === null || row.gapMs !== undefined) return null
  const { frame } = row
  switch (frame.kind) {
    case 'message':
    case 'ping':
    case 'pong':
      return frame.connection
    case 'request':
    case 'response':
      return frame.detail.purpose === 'handshake' ? frame.connection : null
    default:
      return null
  }
}
