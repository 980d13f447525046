// Decides what follows the end of a connection: the next one at once, after a wait, or the end of the session.

import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { methods } from '../../shared/endpoint/methods.ts'
import type { EndDetail, WaitDetail } from '../../shared/frame/frame.ts'
import type { Outcome } from '../transports/transport.ts'

/** The part of the past that decides what follows. */
export interface History {
  /** Whether any connection of the session was ever up. */
  readonly everOpened: boolean
  /** Connections in a row that were lost or failed since the last one that was up. */
  readonly failures: number
}

export type Step =
  | {
      readonly kind: 'connect'
      readonly delayMs: number
      /** Drawn on the timeline; null for the method's own rhythm. */
      readonly wait: WaitDetail | null
      /** Whether it gets a new number in the timeline; a poll in its rhythm does not. */
      readonly newConnection: boolean
    }
  | { readonly kind: 'end'; readonly end: EndDetail }

const firstDelayMs = 1000
const longestDelayMs = 30_000

/** 1 s, 2 s, 4 s … 30 s for the first, second, third … attempt in a row. */
export function backOffMs(attempt: number): number {
  return Math.min(longestDelayMs, firstDelayMs * 2 ** Math.min(attempt - 1, 16))
}

/** What the endpoint says about connecting again. */
export type ReconnectPolicy = Pick<
  Endpoint,
  'method' | 'intervalMs' | 'reconnectAttempts' | 'reconnectAs'
>

/**
 * Decides what follows an outcome. A session that was never up ends at the first failure, since the
 * endpoint is then more likely mistyped than restarting, unless the server itself asked to come back.
 * As a browser, an event source comes back from every loss, always after the same time. [spec] HTML 9.2.3
 */
export function nextStep(outcome: Outcome, history: History, policy: ReconnectPolicy): Step {
  switch (outcome.kind) {
    case 'next':
      return {
        kind: 'connect',
        delayMs: outcome.delayMs,
        wait: outcome.wait ? { ...outcome.wait, delayMs: outcome.delayMs } : null,
        newConnection: false,
      }
    case 'lost':
      return afterLoss(outcome, history, policy)
    case 'refused':
      return { kind: 'end', end: { by: 'error', message: outcome.message } }
    case 'done':
      return { kind: 'end', end: { by: 'server', message: outcome.message } }
    case 'stopped':
      return { kind: 'end', end: { by: 'user', message: outcome.message ?? 'Disconnected.' } }
  }
}

function afterLoss(
  outcome: Extract<Outcome, { kind: 'lost' }>,
  history: History,
  { method, intervalMs, reconnectAttempts, reconnectAs }: ReconnectPolicy,
): Step {
  const asBrowser = reconnectAs === 'browser'
  const attempts = asBrowser ? Number.POSITIVE_INFINITY : reconnectAttempts
  const asked = outcome.reason === 'retry-after' || outcome.reason === 'back-off'
  const attempt = history.failures + 1
  if (attempts === 0 || !(history.everOpened || asked || asBrowser)) {
    const by = outcome.orderly === true ? 'server' : 'error'
    return { kind: 'end', end: { by, message: outcome.message } }
  }
  if (attempt > attempts) {
    const times = attempts === 1 ? '1 attempt' : `${attempts} attempts`
    return {
      kind: 'end',
      end: { by: 'error', message: `Gave up after ${times}: ${outcome.message}` },
    }
  }
  // [spec] HTML 9.2.3: a client may wait longer where a source fails again and again.
  const slowsDown = outcome.reason === 'retry' && history.failures > 0 && !asBrowser
  const slowedMs = slowsDown ? backOffMs(attempt) : 0
  // Never ask a failing server more often than one that answers.
  const leastMs =
    methods[method].hasInterval && outcome.delayMs === undefined ? intervalMs : slowedMs
  const delayMs = Math.max(outcome.delayMs ?? backOffMs(attempt), leastMs)
  const why = outcome.orderly === true ? { message: outcome.message } : {}
  return {
    kind: 'connect',
    delayMs,
    wait: { reason: outcome.reason ?? 'reconnect', delayMs, attempt, attempts, ...why },
    newConnection: true,
  }
}
