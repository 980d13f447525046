// The times at which something was sent, whatever the rows show: each row can count from the last one before it.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Frame } from '../../shared/frame/frame.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import { untilReadOn } from './findRow.ts'

/** Pings, pongs and what closes are sent by nobody's wish. */
const sentFrames: RowFilter = {
  afterSeq: 0,
  text: 'dir:out kind:request,message',
  wire: false,
}

export function isSent({ direction, kind }: Frame): boolean {
  return direction === 'out' && (kind === 'request' || kind === 'message')
}

/** Read at a time; where all frames are rows, what is needed follows one another. */
const pageRows = 300

export interface SentTimes {
  /** Epoch ms of the last frame sent before this one; null where none was, undefined while nobody knows. */
  before(seq: number): number | null | undefined
  /** Reads what is needed for these frames; what is known of others is forgotten. */
  need(seqs: readonly number[]): void
}

/** `onFound`: more is known, or may be by now. `onProblem`: a call has failed; the next need tries again. */
export function createSentTimes(
  api: Pick<TimelineApi, 'rows' | 'positions'>,
  onFound: () => void,
  onProblem: (problem: unknown) => void,
): SentTimes {
  /** By the number of a frame that was asked about: the time of the last one sent before it. */
  let known: ReadonlyMap<number, number | null> = new Map()
  let busy = false

  async function read(seqs: readonly number[]): Promise<void> {
    const { rows, partial } = await api.positions(sentFrames, [...seqs, Number.MAX_SAFE_INTEGER])
    const end = rows.at(-1) ?? 0
    // While older frames are read, those that come before all that is left may not be the last ones.
    const places = seqs.flatMap((seq, index) => {
      const place = rows[index] ?? 0
      return partial && place === end ? [] : [{ seq, before: place - 1 }]
    })
    const times = await readTimes(places.map(({ before }) => before).filter((row) => row >= 0))
    const found = places.map(({ seq, before }) => [seq, times.get(before) ?? null] as const)
    known = new Map([...known, ...found])
    if (places.length === 0) await untilReadOn()
  }

  /** Of the rows with these numbers, and no more than these: between two of them there may be a million. */
  async function readTimes(wanted: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const times = new Map<number, number>()
    const left = [...new Set(wanted)].sort((a, b) => a - b)
    for (let [from] = left; from !== undefined; [from] = left) {
      const apart = left.findIndex((row, index) => row !== (left[0] ?? 0) + index)
      const count = Math.min(apart === -1 ? left.length : apart, pageRows)
      const page = await api.rows(sentFrames, from, count)
      for (const [index, { frame }] of page.rows.entries()) times.set(from + index, frame.at)
      // Long details end a page early.
      left.splice(0, Math.max(1, page.rows.length))
    }
    return times
  }

  return {
    before: (seq) => known.get(seq),
    need(seqs) {
      const asked = new Set(seqs)
      const missing = [...asked].filter((seq) => !known.has(seq))
      if (busy || missing.length === 0) return
      known = new Map([...known].filter(([seq]) => asked.has(seq)))
      busy = true
      read(missing).then(
        () => {
          busy = false
          onFound()
        },
        (problem: unknown) => {
          busy = false
          onProblem(problem)
        },
      )
    },
  }
}
