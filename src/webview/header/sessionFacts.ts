// The header's facts about a session, in words: state, elapsed time, counts, bytes, rate.

import type { TimelineSession } from '../../shared/calls/messages.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import { peerRate } from '../../shared/session/sessionState.ts'
import {
  formatCount,
  formatDelay,
  formatElapsed,
  formatRate,
  formatSize,
  formatSpan,
} from '../../shared/text/units.ts'

/** The dot's class: each state has a shape of its own. */
export function stateClass({ readOnly, status }: TimelineSession): string {
  if (readOnly) return 'saved'
  return status.state === 'ended' && status.outcome?.by === 'error' ? 'failed' : status.state
}

/** `00:02:14`: from the first frame to the last, or to `now` (epoch ms) while it goes on. */
export function elapsed({ status, readOnly }: TimelineSession, now: number): string {
  if (status.startedAt === null) return formatElapsed(0)
  if (readOnly && status.endedAt === null) return ''
  return formatElapsed((status.endedAt ?? now) - status.startedAt)
}

export interface TrafficFacts {
  readonly received: string
  readonly sent: string
  readonly bytes: string
  readonly wire: string
  /** Empty when nothing is going on. */
  readonly rate: string
  /** `added 0.3 ms`; empty where no tap is. */
  readonly added: string
}

export interface PollingFacts {
  /** `1,200 polls`. */
  readonly count: string
  /** `95 % unchanged`: what stays where there is little room. */
  readonly share: string
  /** Gives way first. */
  readonly more: readonly string[]
  /** All of it in sentences. */
  readonly title: string
}

/** What polling costs and can miss; null where nothing was polled. */
export function pollingFacts({ status }: TimelineSession): PollingFacts | null {
  const { polling } = status.statistics
  if (!polling || polling.polls === 0) return null
  const { polls, unchanged, empty, unchangedWireBytes, stalestMs, longestGapMs } = polling
  const share = (count: number) => `${Math.floor((100 * count) / polls)} %`
  const long = methods[status.method].holds
  const more = long
    ? [longestGapMs > 0 ? `longest gap ${formatDelay(longestGapMs)}` : '']
    : [
        unchanged > 0 ? `unchanged took ${formatSize(unchangedWireBytes)}` : '',
        stalestMs > 0 ? `at most ${formatDelay(stalestMs)} old` : '',
      ]
  const count = `${formatCount(polls)} ${polls === 1 ? 'poll' : 'polls'}`
  const sentences = long
    ? [
        `${count} answered, ${formatCount(empty)} of them without data.`,
        longestGapMs > 0
          ? `For ${formatDelay(longestGapMs)} at the longest no request was open: without a cursor, what the server sends then is missed.`
          : '',
      ]
    : [
        `${count} answered: ${formatCount(unchanged)} brought nothing new, ${formatCount(empty)} had no body.`,
        unchanged > 0
          ? `Unchanged answers and their requests took ${formatSize(unchangedWireBytes)} on the wire.`
          : '',
        stalestMs > 0
          ? `What was known can have been ${formatDelay(stalestMs)} old at the most.`
          : '',
      ]
  return {
    count,
    share: long ? `${share(empty)} empty` : `${share(unchanged)} unchanged`,
    more: more.filter(isSaid),
    title: sentences.filter(isSaid).join(' '),
  }
}

function isSaid(part: string): boolean {
  return part !== ''
}

export function trafficFacts({ status }: TimelineSession): TrafficFacts {
  const { statistics } = status
  const rate = peerRate(status)
  return {
    received: formatCount(statistics.framesIn),
    sent: formatCount(statistics.framesOut),
    bytes: formatSize(statistics.bytesIn + statistics.bytesOut),
    wire: formatSize(statistics.wireBytesIn + statistics.wireBytesOut),
    rate: rate === null ? '' : formatRate(rate),
    added: status.addedMs ? `added ${formatSpan(status.addedMs)}` : '',
  }
}
