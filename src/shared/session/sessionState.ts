// The state of a session, with the numbers that every view of it shows.

import type { Method } from '../endpoint/endpoint.ts'
import { isClientMethod, methods } from '../endpoint/methods.ts'
import type { EndDetail } from '../frame/frame.ts'
import type { ForcedFault } from './tapFaults.ts'
import type { HoldStatus } from './tapHolds.ts'
import type { Unfinished } from './unfinished.ts'

/** See the table in `engine/session/session.ts` for what leads from one to the next. */
export type SessionState = 'idle' | 'connecting' | 'open' | 'waiting' | 'closing' | 'ended'

/** Counts since the session's start; frames of the wire layer and errors count apart. Bytes are payload bytes unless they say wire. */
export interface Statistics {
  readonly framesIn: number
  readonly framesOut: number
  readonly bytesIn: number
  readonly bytesOut: number
  /** From the sockets' own counters: everything that crossed, heads and framing included. */
  readonly wireBytesIn: number
  readonly wireBytesOut: number
  /** Frames from the peer in the last second. */
  readonly framesPerSecond: number
  readonly connections: number
  readonly errors: number
  /** Frames of the wire layer, which the other counts leave out. */
  readonly wireFrames: number
  /** Polling and long polling, once a poll was answered. */
  readonly polling?: PollingStatistics
}

/** The statistics of a session in which nothing has happened. */
export const noStatistics: Statistics = {
  framesIn: 0,
  framesOut: 0,
  bytesIn: 0,
  bytesOut: 0,
  wireBytesIn: 0,
  wireBytesOut: 0,
  framesPerSecond: 0,
  connections: 0,
  errors: 0,
  wireFrames: 0,
}

/** The cost of polling, and how much it can miss. */
export interface PollingStatistics {
  /** Answers; one that a redirect led to counts once. */
  readonly polls: number
  /** Answers that brought nothing new: 304, the same body, the same value at the path of `change`. */
  readonly unchanged: number
  /** Answers without a body, or without data in long polling. */
  readonly empty: number
  /** Spent on unchanged answers and the requests for them, heads included. */
  readonly unchangedWireBytes: number
  /**
   * Polling: the greatest possible age of the data that was seen, in ms: the longest time from the request
   * of one good answer to the arrival of the next; 0 before the second.
   */
  readonly stalestMs: number
  /** Long polling: the longest time in ms in which no request was open. */
  readonly longestGapMs: number
}

/** Something that is being waited for right now; views draw it under the last row. */
export interface Pending {
  /**
   * `answer`: a request is open. `connection`: the next attempt is due at `until`. `poll`: the next
   * request of the method's own rhythm is due then.
   */
  readonly kind: 'answer' | 'connection' | 'poll'
  /** Epoch ms. */
  readonly since: number
  /** Epoch ms; absent when nobody knows. */
  readonly until?: number
}

/** What is pushed to views: small, and as often as `createStatusPusher` says. */
export interface SessionStatus {
  readonly state: SessionState
  readonly method: Method
  /** Recorded frames; rows up to this sequence number can be asked for. */
  readonly frames: number
  /** Epoch ms of the first frame; null before it. */
  readonly startedAt: number | null
  /** Epoch ms of the last frame once the session has ended. */
  readonly endedAt: number | null
  /** Epoch ms by the clock that stamps frames, when this was told: the page's may be another machine's. */
  readonly now: number
  readonly pending: Pending | null
  /** What has begun to come and is not complete; null where nothing is. */
  readonly unfinished: Unfinished | null
  /** The URL to point a program to while a tap listens: `http://localhost:53124/v2`; null otherwise. */
  readonly listening: string | null
  /** In a window that runs elsewhere: the URL by which the user's own machine gets to the same place; absent until it is found. */
  readonly outside?: string
  /** What passing a piece on takes a tap, the median of the last hundred, in ms; null, or absent, where too little passes. */
  readonly addedMs?: number | null
  /** What a tap does on purpose to what passes; empty for all other sessions. */
  readonly faults: readonly ForcedFault[]
  /** What a tap holds until the user has decided; `noHolds` for all other sessions. */
  readonly holds: HoldStatus
  readonly statistics: Statistics
  /** How it ended, in words; null while it has not. */
  readonly outcome: EndDetail | null
  /** The frame that tells why it does not go on or has ended, an error or a notice; null where all is well. */
  readonly failure: number | null
  /** The code of the call that failed to start it, of which no frame tells; absent where it has started. */
  readonly unstarted?: string
  /** Whether text or binary can be sent on the connection right now. */
  readonly canSend: boolean
  /** Time between the WebSocket messages that are sent again and again; null when none is. */
  readonly repeatMs: number | null
}

/** Frames from the peer in the last second; null at its end, and for polls, whose rhythm is no rate of the server's. */
export function peerRate({
  state,
  method,
  statistics,
}: Pick<SessionStatus, 'state' | 'method' | 'statistics'>): number | null {
  return state === 'ended' || methods[method].polls ? null : statistics.framesPerSecond
}

const words: Readonly<Record<SessionState, string>> = {
  idle: 'Starting',
  connecting: 'Connecting',
  open: 'Open',
  waiting: 'Waiting',
  closing: 'Closing',
  ended: 'Ended',
}

/** With a capital, to begin a sentence. `readOnly`: a saved capture, which has no state. */
export function stateWord({
  status,
  readOnly,
}: {
  readonly status: SessionStatus
  readonly readOnly: boolean
}): string {
  if (readOnly) return 'Saved capture'
  if (status.outcome?.by === 'error') return 'Ended by an error'
  const isListening = status.state === 'open' && !isClientMethod(status.method)
  return isListening ? 'Listening' : words[status.state]
}
