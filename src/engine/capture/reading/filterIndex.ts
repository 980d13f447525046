// The sequence numbers that a query matches, found in slices as views ask for them.

import type { RowFilter } from '../../../shared/session/captureRows.ts'
import { firstIndex } from '../folds/firstIndex.ts'
import { createPace } from '../format/pace.ts'

/** A call reads older frames for about so long. */
const sliceMs = 40
const queryPace = { least: 8, most: 16_384, ms: 10 }

export interface FrameQuery {
  /** Frames that are read at a time at the least; left out where they take little time each. */
  readonly least?: number
  /** Frames after this one cannot be asked yet, of which some are made ready; left out where all can. */
  knownTo?(): number
  /** Sequence numbers after `after`, up to `last`, of the frames that match, in order. */
  matches(after: number, last: number): number[]
  /** See `PaceOptions`. */
  readBytes?(after: number, last: number): number
  /** The frames up to `upTo` that may match otherwise by now, in order; left out where none ever does. */
  changed?(upTo: number): readonly number[]
  /** Whether some may soon, though no frame comes. */
  waits?(): boolean
}

export interface FilterIndex {
  /** The index knows the matches after this sequence number. */
  readonly base: number
  /** Every frame up to this one has been read. */
  readonly upTo: number
  readonly length: number
  /** From 0; another one each time that frames which were read match otherwise, so that all rows may have other numbers. */
  readonly edition: number
  /** That may yet be, though no frame comes. */
  readonly waits: boolean
  /** Reads on towards `last`, until `until` of the clock in ms or for about 40 ms; then `upTo` tells how far it came. */
  extend(last: number, until?: number): void
  /** None of the frames up to this one matches: they need not be read. */
  pass(last: number): void
  /** Asks once more whether the frame matches, if it was asked before. */
  lookAgain(seq: number): void
  seq(row: number): number
  /** The first row at or after `seq`; `length` when there is none yet. */
  rowOf(seq: number): number
}

/** Of all indexes of this process: one that begins anew is told from one that has changed. */
let editions = 0
/** More frames that match otherwise are not put in one by one: what is behind the first of them is read again. */
const fewChanges = 200

/** `base`: frames up to this one are left out. `first`: the edition that it begins with. */
export function createFilterIndex(query: FrameQuery, base: number, first = 0): FilterIndex {
  let seqs = new Uint32Array(1024)
  let length = 0
  let upTo = base
  let edition = first
  const pace = createPace({ ...queryPace, ...query })

  function add(found: ArrayLike<number>): void {
    if (length + found.length > seqs.length) {
      const larger = new Uint32Array(Math.max(seqs.length * 2, length + found.length))
      larger.set(seqs.subarray(0, length))
      seqs = larger
    }
    seqs.set(found, length)
    length += found.length
  }

  function change(changed: readonly number[]): void {
    const [earliest] = changed
    if (earliest === undefined) return
    if (changed.length <= fewChanges) {
      changed.forEach(lookAgain)
      return
    }
    length = rowOf(earliest)
    upTo = Math.max(base, earliest - 1)
    edition = ++editions
  }

  function extend(last: number, until = performance.now() + sliceMs): void {
    if (query.changed) change(query.changed(upTo))
    if (upTo >= last) return
    const end = Math.min(last, query.knownTo?.() ?? last)
    while (upTo < end && performance.now() < until) {
      upTo = pace.step(upTo, end, (to) => add(query.matches(upTo, to)))
    }
  }

  function lookAgain(seq: number): void {
    if (seq <= base || seq > upTo) return
    const row = rowOf(seq)
    const was = row < length && seqs[row] === seq
    const is = query.matches(seq - 1, seq).length > 0
    if (was === is) return
    edition = ++editions
    const behind = seqs.slice(was ? row + 1 : row, length)
    length = row
    if (is) add([seq])
    add(behind)
  }

  function rowOf(seq: number): number {
    return firstIndex(0, length, (row) => (seqs[row] ?? 0) >= seq)
  }

  return {
    base,
    get upTo() {
      return upTo
    },
    get length() {
      return length
    },
    get edition() {
      return edition
    },
    get waits() {
      return query.waits?.() ?? false
    },
    extend,
    pass(last) {
      if (length === 0) upTo = Math.max(upTo, last)
    },
    lookAgain,
    seq: (row) => seqs[row] ?? 0,
    rowOf,
  }
}

/** Keeps the indexes of the filters last used: the timeline's own, what is sought in it, and where it goes to. */
const keptFilters = 4

export interface FilterIndexes {
  /** Finds or begins the index of a filter that covers the frames after its `afterSeq`. */
  of(filter: RowFilter): FilterIndex
  /** See `FilterIndex.lookAgain`. */
  lookAgain(seq: number): void
}

export function createFilterIndexes(makeQuery: (filter: RowFilter) => FrameQuery): FilterIndexes {
  const indexes = new Map<string, FilterIndex>()
  /** Frames match otherwise than in indexes that are no longer kept. */
  let isChanged = false

  function begin(query: FrameQuery, base: number): FilterIndex {
    return createFilterIndex(query, base, isChanged || query.changed ? ++editions : 0)
  }

  function indexOf(filter: RowFilter): FilterIndex {
    const { afterSeq, text, find, wire } = filter
    const key = JSON.stringify([wire, text, find])
    const known = indexes.get(key)
    const index = known && known.base <= afterSeq ? known : begin(makeQuery(filter), afterSeq)
    indexes.delete(key)
    indexes.set(key, index)
    for (const oldest of indexes.keys()) {
      if (indexes.size > keptFilters) indexes.delete(oldest)
    }
    return index
  }

  return {
    of: indexOf,
    lookAgain(seq) {
      isChanged = true
      for (const index of indexes.values()) index.lookAgain(seq)
    },
  }
}
