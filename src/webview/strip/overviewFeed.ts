// Pulls the overview of the session and where the matches of the filter are: at once when it reads older frames, then at leisure.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { RowFilter } from '../../shared/session/captureRows.ts'
import type { Overview } from '../../shared/session/overview.ts'
import { createPulled } from '../model/pulled.ts'
import { borderSeqs, matchesByBin } from './overviewTimes.ts'

/** What comes is drawn four times a second at the most. */
const everyMs = 250

export interface OverviewFeed {
  /** Null before anything is known. */
  readonly overview: Overview | null
  /** The last frame in it. */
  readonly upTo: number
  /** Older frames are still being read. */
  readonly partial: boolean
  /** Matches in each bin; null without a filter. */
  readonly matches: Uint32Array | null
  /** The session may have gone on, or another filter is shown. */
  refresh(): void
}

export interface OverviewFeedOptions {
  readonly api: Pick<TimelineApi, 'analysis' | 'positions'>
  /** What there is to be known now; null while nobody looks. */
  readonly wanted: () => WantedOverview | null
  readonly onChange: () => void
}

export interface WantedOverview {
  readonly sessionId: string
  readonly frames: number
  readonly filter: RowFilter
  /** The user has stopped the search of the filter. */
  readonly isStopped: boolean
  /** Another number once bookmarks, for which filters ask, are others. */
  readonly bookmarks: number
}

export function createOverviewFeed({ api, wanted, onChange }: OverviewFeedOptions): OverviewFeed {
  let overview: Overview | null = null
  let upTo = 0
  let partial = false
  let matches: Uint32Array | null = null
  /** Of frames, the rows that they were told to be at; `total`: of those after them. */
  let told: { readonly rows: ReadonlyMap<number, number>; readonly total: number } | null = null
  let toldOf = ''
  let sessionId = ''
  const pulled = createPulled({
    wanted: () => {
      const want = wanted()
      return want && keyOf(want)
    },
    ask: async () => {
      const want = wanted()
      return want === null || (await read(want))
    },
    everyMs,
    restMs: (tookMs) => (partial ? 0 : everyMs - tookMs),
    onChange,
    // What is known stays: the rows' own reading says what is wrong.
    onProblem: () => {},
  })

  /** Answers whether that was all. */
  async function read({ filter, isStopped, ...want }: WantedOverview): Promise<boolean> {
    const answer = await api.analysis('overview', { afterSeq: 0 })
    if (want.sessionId !== sessionId) matches = null
    sessionId = want.sessionId
    overview = answer.result
    upTo = answer.upTo
    partial = !answer.complete
    const found =
      filter.text === '' ? null : await findMatches(answer.result, upTo, filter, isStopped)
    matches = found?.matches ?? null
    return answer.complete && found?.partial !== true
  }

  /** Of a search that was stopped no more is asked: bins only join, and the frames that began them are known. */
  async function findMatches(of: Overview, last: number, filter: RowFilter, isStopped: boolean) {
    const seqs = borderSeqs(of, last)
    const key = JSON.stringify([sessionId, filter])
    if (isStopped) {
      if (told === null || toldOf !== key) return { matches: null, partial: false }
      const { rows, total } = told
      const kept = seqs.map((seq) => rows.get(seq) ?? total)
      return { matches: matchesByBin(of, kept), partial: false }
    }
    const { rows, partial: isPartial } = await api.positions(filter, seqs)
    told = { rows: new Map(seqs.map((seq, at) => [seq, rows[at] ?? 0])), total: rows.at(-1) ?? 0 }
    toldOf = key
    return { matches: matchesByBin(of, rows), partial: isPartial }
  }

  return {
    get overview() {
      return overview
    },
    get upTo() {
      return upTo
    },
    get partial() {
      return partial
    },
    get matches() {
      return matches
    },
    refresh: pulled.refresh,
  }
}

function keyOf({ sessionId, frames, filter, isStopped, bookmarks }: WantedOverview): string {
  const { afterSeq, text, wire } = filter
  const found = text === '' ? '' : [afterSeq, text, wire, isStopped, bookmarks]
  return JSON.stringify([sessionId, frames, found])
}
