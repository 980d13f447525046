// Sums of the runs that views show, read on in slices: of one that grows only the new frames are read.

import type { Packet } from '../../../shared/frame/packet.ts'
import type { FoldSums } from '../../../shared/session/captureRows.ts'
import { createPace } from '../format/pace.ts'
import type { RunColumns, RunRow } from './runColumns.ts'
import { createRunSums, type RunSums } from './runSums.ts'

/** Runs whose sums are kept: those in view, of which one grows. */
const keptRuns = 256
const queryPace = { least: 16, most: 2048, ms: 3 }

export interface SummedRun {
  readonly first: number
  readonly last: number
  readonly wire: boolean
}

export interface RunSumsSource {
  readonly columns: RunColumns
  packets(first: number, last: number): ReadonlyMap<number, readonly Packet[]>
  /** Every frame up to this one is decoded; infinite where nothing is left that can be. */
  decodedTo(): number
}

interface Sums {
  readonly sums: RunSums
  readonly upTo: number
}

interface Known {
  sums: RunSums
  upTo: number
  /** What was decoded when it was summed up; null where all of it was. */
  sure: Sums | null
}

/** Reads until `until` of the clock in ms; answers what is known by then, and whether that is all. */
export type SumRun = (
  run: SummedRun,
  until: number,
) => { readonly sums: FoldSums; readonly complete: boolean }

export function createRunSumsCache({ columns, packets, decodedTo }: RunSumsSource): SumRun {
  const known = new Map<string, Known>()
  const pace = createPace(queryPace)

  function find({ first, last, wire }: SummedRun): Known {
    const key = `${first} ${wire}`
    const before = known.get(key)
    // A run may have lost its end to a burst.
    const found =
      before && before.upTo <= last
        ? before
        : { sums: createRunSums(), upTo: first - 1, sure: null }
    known.delete(key)
    known.set(key, found)
    for (const oldest of known.keys()) if (known.size > keptRuns) known.delete(oldest)
    return found
  }

  function sumUp(found: Known, run: SummedRun, end: number): void {
    found.upTo = pace.step(found.upTo, end, (last) => {
      const decoded = packets(found.upTo + 1, last)
      for (const row of columns(found.upTo, last, run.wire)) {
        found.sums.add(summed(row, decoded.get(row.seq)?.[0], run.first))
      }
    })
  }

  return (run, until) => {
    const found = find(run)
    const decoded = decodedTo()
    goBack(found, decoded)
    while (found.upTo < run.last && performance.now() < until) {
      if (found.upTo >= decoded) found.sure ??= { sums: found.sums.fork(), upTo: found.upTo }
      sumUp(found, run, found.upTo < decoded ? Math.min(run.last, decoded) : run.last)
    }
    return { sums: found.sums.sums(), complete: found.upTo >= run.last }
  }
}

/** Goes back to what was decoded when it was summed up, once more than half of the rest is decoded, too. */
function goBack(found: Known, decoded: number): void {
  const { sure, upTo } = found
  if (sure === null || upTo - decoded > decoded - sure.upTo) return
  found.sums = sure.sums
  found.upTo = sure.upTo
  found.sure = null
}

/** `first`: the run's first frame. */
function summed(row: RunRow, packet: Packet | undefined, first: number) {
  const answers = row.kind === 'pong' || row.kind === 'response' ? row.replyTo : packet?.answers
  return {
    at: row.at ?? Number.NaN,
    kind: row.kind,
    name: packet?.name ?? packet?.type ?? row.name ?? row.kind,
    sizeBytes: row.sizeBytes ?? 0,
    wireBytes: row.wireBytes ?? 0,
    isAnswer: answers !== undefined && answers !== null && answers >= first,
    roundTripMs:
      typeof row.roundTripMs === 'number' ? row.roundTripMs : (packet?.latencyMs ?? null),
  }
}
