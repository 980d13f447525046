// The header's facts about a session, in words: state, elapsed time, counts, bytes, rate.

import type { Method } from '../shared/endpoint.ts'
import type { TimelineSession } from '../shared/messages.ts'
import type { SessionState } from '../shared/sessionState.ts'
import { formatCount, formatDuration, formatRate, formatSize } from '../shared/units.ts'

export const methodNames: Readonly<Record<Method, string>> = {
  polling: 'Polling',
  'long-polling': 'Long polling',
  sse: 'Server-Sent Events',
  websocket: 'WebSocket',
}

const stateWords: Readonly<Record<SessionState, string>> = {
  idle: 'Not started',
  connecting: 'Connecting',
  open: 'Open',
  waiting: 'Waiting',
  closing: 'Closing',
  ended: 'Ended',
}

/** What the dot's word says. */
export function stateWord({ readOnly, status }: TimelineSession): string {
  if (readOnly) return 'Saved capture'
  return status.outcome?.by === 'error' ? 'Ended by an error' : stateWords[status.state]
}

/** The dot's class: each state has a shape of its own. */
export function stateClass({ readOnly, status }: TimelineSession): string {
  if (readOnly) return 'saved'
  return status.state === 'ended' && status.outcome?.by === 'error' ? 'failed' : status.state
}

/** `00:02:14`: from the first frame to the last, or to `now` (epoch ms) while it goes on. */
export function elapsed({ status, readOnly }: TimelineSession, now: number): string {
  if (status.startedAt === null) return formatDuration(0)
  if (readOnly && status.endedAt === null) return ''
  return formatDuration((status.endedAt ?? now) - status.startedAt)
}

export interface TrafficFacts {
  readonly received: string
  readonly sent: string
  readonly bytes: string
  readonly wire: string
  /** Empty when nothing is going on. */
  readonly rate: string
}

export function trafficFacts({ status }: TimelineSession): TrafficFacts {
  const { statistics } = status
  return {
    received: formatCount(statistics.framesIn),
    sent: formatCount(statistics.framesOut),
    bytes: formatSize(statistics.bytesIn + statistics.bytesOut),
    wire: formatSize(statistics.wireBytesIn + statistics.wireBytesOut),
    rate: status.state === 'ended' ? '' : formatRate(statistics.framesPerSecond),
  }
}
