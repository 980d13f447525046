// Pulls what a lane shows of its session: tiles of time in view and one beyond, the newest again and again.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Row, RowFilter } from '../../shared/session/captureRows.ts'
import { emptyTile, type TimeBin, type TimeTile, tileBins, withSlice } from './timeTiles.ts'

/** What there is to be known. */
export interface FedSession {
  readonly filter: RowFilter
  /** Recorded frames; of a view that stands those up to its pause, after which nothing is asked for. */
  readonly frames: number
  /** Another number once its bookmarks are others, for which a filter may ask. */
  readonly bookmarks: number
  /** Epoch ms by the session's clock; null: nothing comes any more. */
  readonly now: number | null
  /** Older frames are not read any further: the user has stopped the search. */
  readonly isStopped: boolean
}

/** A stretch of the session's own time. */
export interface WantedTime {
  readonly fromAt: number
  readonly untilAt: number
  readonly binMs: number
}

export interface FedTime {
  readonly bins: readonly TimeBin[]
  /** What began before the first of them. */
  readonly reaching: readonly Row[]
  /** All that is wanted has been read once, or cannot be. */
  readonly isWhole: boolean
}

export interface LaneFeed {
  /** Counts up with what has come. */
  readonly version: number
  /** Reads what is missing. To be called with each picture. */
  want(time: WantedTime): void
  /** Nobody looks: nothing is asked until something is wanted again. */
  rest(): void
  /** Of whole tiles around the time. */
  read(time: WantedTime): FedTime
}

export interface LaneFeedOptions {
  readonly api: Pick<TimelineApi, 'slice'>
  /** Null while nobody knows. */
  readonly session: () => FedSession | null
  readonly onChange: () => void
  readonly onProblem: (problem: unknown) => void
  /** Milliseconds of a clock that only runs. */
  readonly own?: () => number
}

interface KeptTile {
  readonly fromAt: number
  readonly binMs: number
  tile: TimeTile
  isAsked: boolean
  askedAt: number
  /** When it was read from its beginning. */
  begunAt: number
  usedAt: number
  isRead: boolean
  /** Has been told: it could not be read. */
  hasFailed: boolean
  /** Nothing more can come into it. */
  isClosed: boolean
}

/** The newest frames are asked for as often. */
const everyMs = 100
/** What is decoded behind is read again so much later. */
const undecodedMs = 1000
/** A frame is written so much later than it came, at the most. */
const lateMs = 2000
const mostTiles = 24
const mostAsked = 2
const retryMs = 2000

export function createLaneFeed(options: LaneFeedOptions): LaneFeed {
  const { api, session, onChange, onProblem, own = () => performance.now() } = options
  const tiles = new Map<string, KeptTile>()
  let key = ''
  let version = 0
  let wanted: WantedTime | null = null
  let asking = 0
  let uses = 0

  function tileAt(number: number, binMs: number): KeptTile {
    const name = `${binMs}:${number}`
    const known = tiles.get(name)
    if (known) {
      known.usedAt = ++uses
      return known
    }
    const fromAt = number * tileBins * binMs
    const made: KeptTile = {
      ...{ fromAt, binMs, tile: emptyTile, isAsked: false, isRead: false },
      ...{ askedAt: Number.NEGATIVE_INFINITY, begunAt: Number.NEGATIVE_INFINITY },
      ...{ usedAt: ++uses, hasFailed: false, isClosed: false },
    }
    tiles.set(name, made)
    if (tiles.size > mostTiles) forgetOldest()
    return made
  }

  function forgetOldest(): void {
    let oldest: string | null = null
    let usedAt = Number.POSITIVE_INFINITY
    for (const [name, kept] of tiles)
      if (kept.usedAt < usedAt && !kept.isAsked) [oldest, usedAt] = [name, kept.usedAt]
    if (oldest !== null) tiles.delete(oldest)
  }

  function inView({ fromAt, untilAt, binMs }: WantedTime, beyond: number): readonly KeptTile[] {
    const { first, last } = tileRange(fromAt, untilAt, binMs)
    const count = Math.min(last - first + 1, mostTiles / 2)
    return Array.from({ length: count + 2 * beyond }, (_, n) => tileAt(first - beyond + n, binMs))
  }

  function pump(): void {
    const fed = session()
    if (wanted === null || fed === null) return
    renew(fed)
    const seen = inView(wanted, 0)
    const all = [...seen, ...inView(wanted, 1)]
    for (const kept of all) {
      if (asking >= mostAsked) return
      if (isDue(kept, fed)) void ask(kept, fed)
    }
  }

  /** Of another filter nothing is known, nor of one that may find others now. */
  function renew({ filter, bookmarks }: FedSession): void {
    const { afterSeq, text, wire, show } = filter
    const next = JSON.stringify([afterSeq, text, wire, show, text === '' ? 0 : bookmarks])
    if (next === key) return
    key = next
    tiles.clear()
    version++
  }

  function isDue(kept: KeptTile, { now, frames, isStopped }: FedSession): boolean {
    const { tile, isAsked, isRead, isClosed, askedAt, fromAt } = kept
    const sinceMs = own() - askedAt
    if (isAsked || sinceMs < everyMs / 2) return false
    // Nothing can be in what is yet to come.
    if (now !== null && fromAt > now) return false
    if (!isRead) return true
    if (tile.partial) return !isStopped
    if (isDecodedSince(kept)) return true
    return !isClosed && frames > tile.upTo && sinceMs >= everyMs
  }

  /** Perhaps: then its rows say more when they are read again. */
  function isDecodedSince({ tile, begunAt }: KeptTile): boolean {
    return tile.undecoded && !tile.partial && own() - begunAt >= undecodedMs
  }

  async function ask(kept: KeptTile, { filter, now, frames }: FedSession): Promise<void> {
    const { fromAt, binMs } = kept
    const asked = key
    const before = isDecodedSince(kept) ? emptyTile : kept.tile
    kept.isAsked = true
    kept.askedAt = own()
    if (before.upTo === 0) kept.begunAt = kept.askedAt
    asking++
    try {
      const wish = { fromAt, binMs, bins: tileBins, afterSeq: before.upTo }
      const slice = await api.slice(asFrames(filter), wish)
      if (asked === key) {
        kept.tile = withSlice(before, slice, fromAt, binMs)
        kept.isRead = true
        kept.hasFailed = false
        const endAt = fromAt + tileBins * binMs
        const isOver = now === null || now > endAt + lateMs
        kept.isClosed = isOver && !slice.partial && slice.upTo >= frames
        version++
      }
    } catch (problem) {
      kept.askedAt = own() + retryMs
      if (asked === key && wanted !== null && !kept.hasFailed) onProblem(problem)
      kept.hasFailed = true
    }
    kept.isAsked = false
    asking--
    if (wanted === null) return
    onChange()
    pump()
    // Of a session that stands no picture asks for the rest.
    if (kept.isRead && kept.tile.partial) setTimeout(pump, everyMs / 2)
    else if (kept.tile.undecoded) setTimeout(pump, undecodedMs)
  }

  return {
    get version() {
      return version
    },
    want(time) {
      wanted = time
      pump()
    },
    rest() {
      wanted = null
    },
    read(time) {
      const kept = inView(time, 0)
      const bins = kept.flatMap(({ tile }) =>
        [...tile.bins].sort(([a], [b]) => a - b).map(([, bin]) => bin),
      )
      const fed = session()
      const isWhole = kept.every(
        ({ isRead, hasFailed, fromAt }) =>
          isRead || hasFailed || (fed?.now != null && fromAt > fed.now),
      )
      return { bins, reaching: kept[0]?.tile.reaching ?? [], isWhole }
    },
  }
}

/** Each frame by itself: neither runs nor silences are rows here. */
function asFrames({ afterSeq, text, wire, show }: RowFilter): RowFilter {
  return { afterSeq, text, wire, ...(show && { show }) }
}

/** Numbers of the first and the last tile of a time. */
export function tileRange(fromAt: number, untilAt: number, binMs: number) {
  const tileMs = tileBins * binMs
  return { first: Math.floor(fromAt / tileMs), last: Math.floor(untilAt / tileMs) }
}
