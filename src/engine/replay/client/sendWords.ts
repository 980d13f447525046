// Words for what a replay to a server sends.

import { formatCount } from '../../../shared/text/units.ts'
import type { SendCounts } from './sends.ts'

/** `38 requests, 2 WebSocket connections, 14 messages`. */
export function sendWords({ requests, sockets, messages }: SendCounts): string {
  const parts = [
    [requests, 'request', 'requests'],
    [sockets, 'WebSocket connection', 'WebSocket connections'],
    [messages, 'message', 'messages'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, one, many]) => `${formatCount(count)} ${count === 1 ? one : many}`)
    .join(', ')
}

/** A sentence; null where all is sent. */
export function leftOutWords({ elsewhere, cut, beyond }: SendCounts): string | null {
  const parts = [
    [elsewhere, 'went to another server'],
    [cut, 'kept only in part'],
    [beyond, 'beyond the limit'],
  ] as const
  const told = parts.flatMap(([count, why]) => (count > 0 ? [`${formatCount(count)} ${why}`] : []))
  return told.length === 0 ? null : `Left out of what was sent: ${told.join(', ')}.`
}
