// Rows of a session with folds and silences, by the rules as they are told and not as the capture finds them: slow.

import { type Frame, isWireKind } from '../../../src/shared/frame/frame.ts'
import type { FoldWhat, RowFilter } from '../../../src/shared/session/captureRows.ts'

export interface KnownFrame {
  readonly frame: Frame
  readonly text: string
  /** It has a bookmark. */
  marked?: boolean
}

interface Run {
  readonly what: FoldWhat
  /** Places among the frames that are shown. */
  readonly first: number
  readonly last: number
  readonly asking?: boolean
}

/** `12 burst 4-9`, `13 gap 1500`, `14`: frame, and what the row is. */
export function slowRows(all: readonly KnownFrame[], filter: RowFilter): readonly string[] {
  const shown = shownOf(all, filter)
  const runs = filter.fold ? withoutMarked(shown, runsOf(shown, filter.fold.level)) : []
  const open = new Set(filter.fold?.open)
  const seqOf = (place: number) => shown[place]?.frame.seq ?? 0
  return shown.flatMap(({ frame }, place) => {
    const run = runs.find(({ first, last }) => first <= place && place <= last)
    const folded = run !== undefined && !open.has(seqOf(run.first))
    if (folded && place > run.first) return []
    const gapMs = gapBefore(shown, place, filter.gapMs)
    const gap = gapMs === null ? [] : [`${frame.seq} gap ${gapMs.toFixed(1)}`]
    if (run === undefined) return [...gap, String(frame.seq)]
    const range = `${seqOf(run.first)}-${seqOf(run.asking ? run.last - 1 : run.last)}`
    return [...gap, `${frame.seq} ${folded ? '' : 'open '}${run.what} ${range}`]
  })
}

/** The row of a frame or, where it is none, of the next one. `rows`: what `slowRows` answers. */
export function slowPosition(
  all: readonly KnownFrame[],
  filter: RowFilter,
  seq: number,
  rows = slowRows(all, filter),
): number {
  const shown = shownOf(all, filter)
  const place = shown.findIndex(({ frame }) => frame.seq >= seq)
  if (place < 0) return rows.length
  const runs = filter.fold ? withoutMarked(shown, runsOf(shown, filter.fold.level)) : []
  const run = runs.find(({ first, last }) => first <= place && place <= last)
  const first = shown[run?.first ?? place]?.frame.seq ?? 0
  const at = filter.fold?.open.includes(first) ? shown[place]?.frame.seq : first
  return rows.findIndex((row) => row.split(' ')[0] === String(at) && row.split(' ')[1] !== 'gap')
}

/** Frames with a bookmark are rows, of polls with their answer or request; what is left of a run is as long as a run is. */
function withoutMarked(shown: readonly KnownFrame[], runs: readonly Run[]): readonly Run[] {
  return runs.flatMap((run) => {
    const step = run.what === 'polls' ? 2 : 1
    const places = Array.from({ length: run.last - run.first + 1 }, (_, at) => run.first + at)
    const marked = places.filter((place) => shown[place]?.marked)
    const apart = (place: number) =>
      marked.some((one) => {
        const unit = Math.floor((one - run.first) / step)
        return Math.floor((place - run.first) / step) === unit
      })
    const parts: { first: number; last: number }[] = []
    for (const place of places) {
      const part = parts.at(-1)
      if (apart(place)) continue
      if (part?.last === place - 1) part.last = place
      else parts.push({ first: place, last: place })
    }
    return parts
      .filter(({ first, last }) => last - first + 1 >= 2 * step)
      .map((part) => ({ ...run, ...part, asking: run.asking === true && part.last === run.last }))
  })
}

function shownOf(all: readonly KnownFrame[], { afterSeq, wire }: RowFilter) {
  return all.filter(({ frame }) => frame.seq > afterSeq && (wire || !isWireKind(frame.kind)))
}

function gapBefore(shown: readonly KnownFrame[], place: number, gapMs?: number): number | null {
  const at = (index: number) => shown[index]?.frame.at ?? Number.NaN
  const { kind, detail } = shown[place]?.frame ?? {}
  if (gapMs === undefined || place === 0) return null
  const ms = at(place) - at(place - 1)
  const before = place === 1 ? 0 : at(place - 1) - at(place - 2)
  if (ms < gapMs || ms < 3 * before) return null
  if (kind === 'response' || kind === 'end' || shown[place - 1]?.frame.kind === 'wait') return null
  if (kind === 'request' && detail && 'purpose' in detail && /poll/.test(detail.purpose))
    return null
  return ms
}

function runsOf(shown: readonly KnownFrame[], level: 'repeats' | 'bursts'): readonly Run[] {
  const bursts = level === 'bursts' ? burstsOf(shown) : []
  const runs: Run[] = []
  let from = 0
  for (const burst of bursts) {
    runs.push(...repeatsOf(shown, from, burst.first), burst)
    from = burst.last + 1
  }
  return [...runs, ...repeatsOf(shown, from, shown.length)]
}

function burstsOf(shown: readonly KnownFrame[]): readonly Run[] {
  const quick = stretches(0, shown.length, (place) => {
    const [before, now] = [shown[place - 1]?.frame, shown[place]?.frame]
    if (!before || !now || !isFlowing(before) || !isFlowing(now)) return false
    return before.direction === now.direction && now.at - before.at < 20
  })
  return quick
    .filter(({ first, last }) => last - first + 1 >= 8)
    .map((stretch) => ({ what: 'burst', ...stretch }))
}

function isFlowing({ kind, direction }: Frame): boolean {
  const others = ['request', 'response', 'close', 'wait', 'error', 'notice', 'end']
  return !others.includes(kind) && direction !== 'local'
}

function repeatsOf(shown: readonly KnownFrame[], from: number, end: number): readonly Run[] {
  const kindAt = (place: number) => shown[place]?.frame.kind ?? ''
  const isBeat = (place: number) => ['ping', 'pong', 'comment'].includes(kindAt(place))
  const beats = stretches(from, end, (place) => isBeat(place) && isBeat(place - 1))
  const equal = stretches(from, end, (place) => {
    const [one, other] = [shown[place - 1], shown[place]]
    if (!one || !other || !['message', 'event', 'record', 'ignored'].includes(other.frame.kind))
      return false
    const key = ({ frame, text }: KnownFrame) =>
      [frame.kind, frame.direction, text, 'type' in frame.detail && frame.detail.type].join()
    return key(one) === key(other)
  })
  const runs: Run[] = [
    ...beats.map((stretch) => ({ what: 'heartbeats' as const, ...stretch })),
    ...equal.map((stretch) => ({ what: 'repeats' as const, ...stretch })),
    ...pollsOf(shown, from, end),
  ]
  return runs.sort((a, b) => a.first - b.first)
}

function pollsOf(shown: readonly KnownFrame[], from: number, end: number): readonly Run[] {
  const runs: Run[] = []
  for (let first = from; first < end; ) {
    let last = first
    while (isUnchanged(shown, last) && last + 1 < end) last += 2
    if (last - first < 4) {
      first = Math.max(last, first + 1)
      continue
    }
    const asking = last === shown.length - 1 && isPoll(shown[last]?.frame)
    runs.push({ what: 'polls', first, last: asking ? last : last - 1, asking })
    first = last
  }
  return runs
}

/** The poll that begins at this place. */
function isUnchanged(shown: readonly KnownFrame[], place: number): boolean {
  const [asks, answer] = [shown[place]?.frame, shown[place + 1]?.frame]
  if (!isPoll(asks) || answer?.kind !== 'response' || answer.replyTo !== asks?.seq) return false
  return answer.detail.changed === false && answer.detail.status < 400
}

function isPoll(frame: Frame | undefined): boolean {
  return frame?.kind === 'request' && frame.detail.purpose === 'poll'
}

/** Longest stretches of more than one place of which each but the first one joins the one before it. */
function stretches(from: number, end: number, joins: (place: number) => boolean) {
  const found: { first: number; last: number }[] = []
  for (let first = from; first < end; ) {
    let last = first
    while (last + 1 < end && joins(last + 1)) last++
    if (last > first) found.push({ first, last })
    first = last + 1
  }
  return found
}
