// Finds the times without a connection: from the loss of one to the first answer on a later one.

import type { Outage } from '../../shared/session/overview.ts'
import type { Turn } from './analysis.ts'

/** In an overview. */
export const mostOutages = 128

/** Milliseconds, with the closing of what is broken. After an error that is older the connection had gone on. */
const longestLossMs = 10_000

export interface OutagesFold {
  add(turn: Turn): void
  /** In order; the last one may last. */
  result(): readonly Outage[]
}

/** `most`: more become one with their nearest. */
export function createOutages(most: number = mostOutages): OutagesFold {
  const outages: Outage[] = []
  let error: Turn | null = null
  /** Of the last outage. */
  let cause: Turn | null = null
  /** The connection whose successor is waited for. */
  let lost = 0

  function begin(wait: Turn): void {
    const last = outages.at(-1)
    // Attempts that fail without an answer belong to it.
    if (last?.untilAt === null) return
    const isRecent = error !== null && wait.at - error.at <= longestLossMs
    cause = isRecent && error?.connection === wait.connection ? error : wait
    const { at: fromAt, seq, code, closeCode } = cause
    lost = wait.connection
    outages.push({ fromAt, untilAt: null, seq, code, closeCode, count: 1 })
    if (outages.length > most) joinNearest(outages)
  }

  /** The connection goes on after what was a pause. */
  function takeBack(): void {
    const last = outages.at(-1)
    if (last?.untilAt === null && cause?.kind === 'wait') outages.pop()
  }

  function end(at: number): void {
    const last = outages.at(-1)
    if (last?.untilAt === null) outages[outages.length - 1] = { ...last, untilAt: at }
  }

  return {
    add(turn) {
      if (turn.kind === 'error') error = turn
      else if (turn.kind === 'wait') begin(turn)
      else if (turn.kind === 'end' || turn.connection > lost) end(turn.at)
      else if (turn.kind === 'response' && turn.connection === lost) takeBack()
    },
    result: () => [...outages],
  }
}

/** Joins the two between which the least time was; the one that lasts stays by itself. */
function joinNearest(outages: Outage[]): void {
  let nearest = 1
  let leastMs = Number.POSITIVE_INFINITY
  for (let i = 1; i < outages.length - 1; i++) {
    const ms = (outages[i]?.fromAt ?? 0) - (outages[i - 1]?.untilAt ?? 0)
    if (ms >= leastMs) continue
    leastMs = ms
    nearest = i
  }
  const [first, second] = outages.slice(nearest - 1, nearest + 1)
  if (!first || !second) return
  const joined = { ...first, untilAt: second.untilAt, count: first.count + second.count }
  outages.splice(nearest - 1, 2, joined)
}
