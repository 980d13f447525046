// Hands on what the relay tells, so that a flood leaves turns to the thread that works it off, and an end within bounded time.

import type { RelayEvent } from './relayEvents.ts'
import { relayLimits } from './relayLimits.ts'

export interface EventQueue {
  add(events: readonly RelayEvent[]): void
  /** Resolves when all is handed on. Bodies that `stopWorkMs` are not enough for are handed on as `lost`. */
  finish(): Promise<void>
}

export interface EventQueueOptions {
  /** Works an event off. */
  hand(event: RelayEvent): void
  /** Ms that only grow. */
  clock(): number
  /** Calls back once others have had their turn. */
  nextTurn(run: () => void): void
}

export function createEventQueue({ hand, clock, nextTurn }: EventQueueOptions): EventQueue {
  let waiting: RelayEvent[] = []
  let first = 0
  /** When others are to have their turn; null while there is nothing to do. */
  let turnEnd: number | null = null
  let end = Number.POSITIVE_INFINITY
  let finished: (() => void) | null = null

  function work(): void {
    if (first < waiting.length && turnEnd === null) {
      turnEnd = clock() + relayLimits.turnMs
      nextTurn(() => {
        turnEnd = null
        work()
      })
    }
    while (first < waiting.length && turnEnd !== null && clock() < turnEnd) {
      const event = waiting[first++]
      if (event !== undefined) hand(clock() >= end ? withoutBytes(event) : event)
    }
    forgetHanded()
    if (waiting.length === 0) finished?.()
  }

  /** Each costs constant time on average. */
  function forgetHanded(): void {
    if (first * 2 < waiting.length) return
    waiting = waiting.slice(first)
    first = 0
  }

  return {
    add(events) {
      for (const event of events) waiting.push(event)
      work()
    },
    finish() {
      end = clock() + relayLimits.stopWorkMs
      return new Promise((resolve) => {
        finished = resolve
        work()
      })
    },
  }
}

function withoutBytes(event: RelayEvent): RelayEvent {
  if (event.kind !== 'body') return event
  const { id, from, at, bytes } = event
  return { kind: 'lost', id, from, at, bytes: bytes.length, frames: 0 }
}
