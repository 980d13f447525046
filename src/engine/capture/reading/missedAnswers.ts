// Finds the frames with a request that nobody has answered, and tells which are answered late or have waited too long since.

import type { DatabaseSync } from 'node:sqlite'
import type { Frame } from '../../../shared/frame/frame.ts'
import { decodeLimits } from '../../../shared/limits.ts'
import type { Place } from '../format/decodedSchema.ts'
import { numberIn, numbersIn, within } from '../format/room.ts'
import { type SessionMoment, waitedFor } from './unanswered.ts'

export interface MissedAnswers {
  /** The frames after `after` up to `last` that have waited long by now, in order. What waits less is remembered. */
  find(after: number, last: number): readonly number[]
  /** The frames up to `upTo` of which `find` may say otherwise now than when it was asked, in order; told once. */
  changed(upTo: number): readonly number[]
  /** Some of those that were found or passed over may change though no frame comes. */
  waits(): boolean
}

/** So many are looked after at once; more of those that were found after so long, since that takes some 20 ms. */
const fewAtOnce = 500
const foundMs = 200

/** A frame with a packet that waits; `sinceAt`: the one that has waited longest. */
interface Asking extends Pick<Frame, 'seq' | 'kind' | 'connection'> {
  readonly sinceAt: number
}

/** `moment`: null while an answer may be among frames that are not decoded. */
export function createMissedAnswers(
  database: DatabaseSync,
  place: Place,
  moment: () => SessionMoment | null,
): MissedAnswers {
  const select = database.prepare(
    askingSql(`SELECT ${columns} FROM ${place}.decoded WHERE decoded.seq > ?1 AND decoded.seq <= ?2
      LIMIT max(?2 - ?1, 0) * ${decodeLimits.packets + 1}`),
  )
  const selectAmong = database.prepare(
    askingSql(`SELECT ${columns} FROM json_each(?1) JOIN ${place}.decoded ON decoded.seq = value
      LIMIT ?2 * ${decodeLimits.packets + 1}`),
  )
  /** They wait, but not long yet, by their numbers. */
  const waiting = new Map<number, Asking>()
  /** Those that have been found: decoders forget what was asked long ago, so a late answer is to one of the newest. */
  const found = new Set<number>()
  let lookedAt = Number.NEGATIVE_INFINITY
  /** Those that were found wait to be looked after. */
  let isBehind = false

  function note(asking: readonly Asking[], missed: readonly Asking[]): void {
    for (const one of asking) waiting.set(one.seq, one)
    for (const { seq } of missed) {
      waiting.delete(seq)
      found.add(seq)
      const [oldest] = found
      if (found.size > decodeLimits.openRequests && oldest !== undefined) found.delete(oldest)
    }
  }

  return {
    find(after, last) {
      const now = moment()
      const asking = select.all(after, last) as unknown as Asking[]
      const missed = asking.filter((one) => now !== null && isMissed(one, now))
      if (now === null || now.isLive) note(asking, missed)
      return missed.map(({ seq }) => seq)
    },
    changed(upTo) {
      const now = moment()
      if (now === null) return []
      // The others follow: with the first of so many what is behind them is read again.
      const due = [...waiting.values()]
        .filter((one) => one.seq <= upTo && isMissed(one, now))
        .slice(0, fewAtOnce)
      for (const { seq } of due) waiting.delete(seq)
      isBehind = found.size > fewAtOnce && performance.now() < lookedAt + foundMs
      if (!isBehind) lookedAt = performance.now()
      const old = isBehind ? [] : [...found].filter((seq) => seq <= upTo)
      const looked = [...old, ...due.map(({ seq }) => seq)]
      if (looked.length === 0) return []
      const asking = selectAmong.all(JSON.stringify(looked), looked.length) as unknown as Asking[]
      const missed = new Set(asking.filter((one) => isMissed(one, now)).map(({ seq }) => seq))
      // Progress has them wait anew.
      for (const one of asking) if (!missed.has(one.seq)) waiting.set(one.seq, one)
      const changed = looked.filter((seq) => found.has(seq) !== missed.has(seq))
      for (const seq of changed) found.delete(seq)
      return changed.sort((one, other) => one - other)
    },
    waits: () => waiting.size > 0 || isBehind,
  }
}

const columns = `decoded.seq, ${numbersIn('asks', 'answered_seq', 'cancelled_seq', 'progress_seq')}`
/** Longer than any kind of frame. */
const kindBytes = 32

/** Of the packets that are selected, those that wait, by their frames. */
function askingSql(packets: string): string {
  return `SELECT frame.seq AS seq, ${numberIn('frame.connection')} AS connection, ${within('kind', kindBytes)}, min(coalesce(progress_at, ${numberIn('frame.at')})) AS sinceAt
    FROM (SELECT packet.seq AS asked, (SELECT ${numberIn('at')} FROM frame WHERE frame.seq = packet.progress_seq) AS progress_at
      FROM (${packets}) AS packet WHERE asks = 1 AND answered_seq IS NULL AND cancelled_seq IS NULL)
    JOIN frame ON frame.seq = asked JOIN shape ON shape.id = frame.shape GROUP BY frame.seq ORDER BY frame.seq`
}

function isMissed(one: Asking, moment: SessionMoment): boolean {
  return waitedFor(one, one.sinceAt, moment) !== null
}
