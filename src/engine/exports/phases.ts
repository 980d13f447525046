// The phases of a session, for the short diagram: what is counted of each, and the sentence that sums it up.

import type { ClientMethod } from '../../shared/endpoint/endpoint.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import { toneOf } from '../../shared/frame/describe.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import { bringsNothing, type Purpose } from '../../shared/frame/httpDetail.ts'
import { formatCount, formatDelay } from '../../shared/text/units.ts'

/** A time in which the client and the server speak in one way: polls in a row, or one connection that stays open. */
export interface Phase {
  readonly purpose: Purpose
  readonly startedAt: number
  lastAt: number
  /** Requests whose answer is still to come. */
  asked: number
  /** The last answer was no failure: a connection that stays open did open. */
  isOpen: boolean
  exchanges: number
  /** Answers that brought nothing new. */
  vain: number
  heldMs: number
  sent: number
  received: number
  /** Rows, where those of several conversations stand between each other. */
  drawn: number
}

export function beginPhase(purpose: Purpose, at: number): Phase {
  const none = { asked: 0, exchanges: 0, vain: 0, heldMs: 0, sent: 0, received: 0, drawn: 0 }
  return { purpose, startedAt: at, lastAt: at, isOpen: false, ...none }
}

/** Whether each of its exchanges is a connection that stays open. */
export function isConnection(purpose: Purpose): boolean {
  return purpose === 'stream' || purpose === 'handshake'
}

/** A wait between two polls is part of their rhythm. */
export function endsPhase({ kind }: Frame, phase: Phase | null): boolean {
  if (kind === 'error') return true
  return kind === 'wait' && phase !== null && isConnection(phase.purpose)
}

export function carriesData({ kind }: Frame): boolean {
  return kind === 'message' || kind === 'event' || kind === 'record'
}

/** An answer, or what a message carries. Requests are counted where their phase begins. */
export function countFrame(phase: Phase, frame: Frame): void {
  if (frame.kind === 'response' && frame.detail.purpose !== 'companion') {
    const { holdMs = 0 } = frame.detail
    phase.asked = Math.max(0, phase.asked - 1)
    phase.exchanges += 1
    phase.isOpen = toneOf(frame) !== 'error' && toneOf(frame) !== 'warning'
    phase.heldMs += holdMs
    if (bringsNothing(frame.detail)) phase.vain += 1
  } else if (carriesData(frame)) {
    if (frame.direction === 'out') phase.sent += 1
    else phase.received += 1
  }
}

export function nameOf(purpose: Purpose, frame: Frame): string {
  if (purpose === 'stream') {
    const { kind } = frame
    const isEvents =
      kind === 'response' ? (frame.detail.stream ?? 'sse') === 'sse' : kind !== 'record'
    return isEvents ? methods.sse.label : 'HTTP stream'
  }
  if (purpose === 'request') return 'Requests'
  return methods[methodOf[purpose]].label
}

const methodOf = {
  poll: 'polling',
  'long-poll': 'long-polling',
  companion: 'polling',
  handshake: 'websocket',
} as const satisfies Record<Exclude<Purpose, 'stream' | 'request'>, ClientMethod>

/** `Repeated one-way requests, server holds request open: 12 exchanges in 36.0 s, held for 35.1 s`. */
export function amountOf({ purpose, startedAt, lastAt, ...counted }: Phase): string {
  const { exchanges, vain, heldMs, sent, received } = counted
  const time = `in ${formatDelay(Math.max(0, lastAt - startedAt))}`
  if (purpose === 'handshake') {
    return `Two-way communication, continuous connection: ${formatCount(sent)} sent, ${formatCount(received)} received ${time}`
  }
  if (purpose === 'stream') {
    return `One-way communication from server to client, continuous connection: ${formatCount(received)} received ${time}`
  }
  const count = `${formatCount(exchanges)} ${exchanges === 1 ? 'exchange' : 'exchanges'} ${time}`
  if (purpose === 'request') return `One-way requests, each answered once: ${count}`
  if (purpose === 'long-poll') {
    const held = `held for ${formatDelay(heldMs)}`
    const empty = vain === 0 ? '' : `, ${formatCount(vain)} without data`
    return `Repeated one-way requests, server holds request open: ${count}, ${held}${empty}`
  }
  return `Repeated one-way requests: ${count}${vain === 0 ? '' : `, ${formatCount(vain)} unchanged`}`
}
