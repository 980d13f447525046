// The overview of a long session, kept in its capture: counting ten million frames again takes seconds.

import type { DatabaseSync } from 'node:sqlite'
import type { Outage, Overview } from '../../../shared/session/overview.ts'
import { isRecord } from '../../../shared/unknown.ts'
import { mostOutages } from '../../analyses/outages.ts'
import { mostBins } from '../../analyses/timeBins.ts'
import { isSqliteError } from './captureError.ts'
import { moment } from './checkedFrame.ts'
import { hasTables } from './ownTables.ts'
import { within } from './room.ts'

/** docs/capture-format.md describes it for people. */
export const overviewSchema = `
CREATE TABLE overview (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  up_to INTEGER NOT NULL,         -- the last frame that is in it
  overview TEXT NOT NULL          -- JSON; counts by spans of time
);
`

/** All bins at their fullest take a fifth of it. */
const overviewBytes = 1024 * 1024
const codeChars = 200

/** Fewer are counted in some ms. */
const leastFrames = 20_000

export interface KeptOverview {
  /** Keeps that of all frames up to `upTo`, where they are many. What the file does not take is counted when it is opened. */
  write(overview: Overview, upTo: number): void
  /** Null where there is none of all frames up to `last`, or somebody has written another thing in its place. */
  read(last: number): Overview | null
}

export function createKeptOverview(database: DatabaseSync): KeptOverview {
  let known: { readonly last: number; readonly overview: Overview | null } | null = null

  function readKept(last: number): Overview | null {
    if (!hasTables(database, overviewSchema)) return null
    const found = database
      .prepare(
        `SELECT ${within('overview', overviewBytes)} FROM overview WHERE id = 1 AND up_to = ?`,
      )
      .get(last)
    return typeof found?.overview === 'string' ? parseOverview(found.overview, last) : null
  }

  return {
    write(overview, upTo) {
      if (upTo < leastFrames) return
      const json = JSON.stringify(overview, (_, value: unknown) =>
        ArrayBuffer.isView(value) ? Array.from(value as Uint32Array | Float64Array) : value,
      )
      try {
        database
          .prepare('INSERT OR REPLACE INTO overview (id, up_to, overview) VALUES (1, ?, ?)')
          .run(upTo, json)
      } catch (error) {
        if (!isSqliteError(error)) throw error
      }
    },
    read(last) {
      if (known?.last !== last) known = { last, overview: readKept(last) }
      return known.overview
    },
  }
}

function parseOverview(json: string, last: number): Overview | null {
  let written: unknown
  try {
    written = JSON.parse(json)
  } catch {
    // Broken JSON says nothing.
    return null
  }
  return isRecord(written) ? checkedOverview(written, last) : null
}

type Fields = Readonly<Record<string, unknown>>

function checkedOverview(written: Fields, last: number): Overview | null {
  const { startAt, endAt, binMs, outages } = written
  const counts = ['framesIn', 'framesOut', 'errors', 'firstSeq'].map((name) => written[name])
  const bytes = ['bytesIn', 'bytesOut'].map((name) => written[name])
  const [framesIn, framesOut, errors, firstSeq] = counts.filter((list) => isList(list, last))
  const [bytesIn, bytesOut] = bytes.filter((list) => isList(list, Number.MAX_SAFE_INTEGER))
  const bins = framesIn?.length
  const lists = [framesIn, framesOut, errors, firstSeq, bytesIn, bytesOut]
  if (!framesIn || !framesOut || !errors || !firstSeq || !bytesIn || !bytesOut) return null
  if (lists.some((list) => list?.length !== bins)) return null
  if (!isMoment(startAt) || !isMoment(endAt) || !isWidth(binMs)) return null
  // The last frame of all is in the last bin.
  if (Math.floor((endAt - startAt) / binMs) !== framesIn.length - 1) return null
  if (sumOf(framesIn) + sumOf(framesOut) + sumOf(errors) > last) return null
  if (!Array.isArray(outages) || outages.length > mostOutages) return null
  if (!outages.every((outage) => isOutage(outage, last))) return null
  return {
    startAt,
    endAt,
    binMs,
    framesIn: Uint32Array.from(framesIn),
    framesOut: Uint32Array.from(framesOut),
    bytesIn: Float64Array.from(bytesIn),
    bytesOut: Float64Array.from(bytesOut),
    errors: Uint32Array.from(errors),
    firstSeq: Uint32Array.from(firstSeq),
    outages,
  }
}

function isList(value: unknown, most: number): value is readonly number[] {
  const isCount = (one: unknown) => isWhole(one, most)
  return (
    Array.isArray(value) && value.length > 0 && value.length <= mostBins && value.every(isCount)
  )
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

function isWhole(value: unknown, most: number): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most
}

function isMoment(value: unknown): value is number {
  return moment(value)
}

/** A millisecond, doubled as often as it takes. */
function isWidth(value: unknown): value is number {
  return isWhole(value, Number.MAX_SAFE_INTEGER) && Number.isInteger(Math.log2(value))
}

function isOutage(value: unknown, last: number): value is Outage {
  if (!isRecord(value)) return false
  const { fromAt, untilAt, seq, code, closeCode, count } = value
  return (
    isMoment(fromAt) &&
    (untilAt === null || isMoment(untilAt)) &&
    isWhole(seq, last) &&
    (code === null || (typeof code === 'string' && code.length <= codeChars)) &&
    (closeCode === null || isWhole(closeCode, 0xffff)) &&
    isWhole(count, last)
  )
}
