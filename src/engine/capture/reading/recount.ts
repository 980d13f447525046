// Counts the statistics of a session from its capture's tables, for files that do not hold them.

import type { DatabaseSync } from 'node:sqlite'
import { noStatistics, type Statistics } from '../../../shared/session/sessionState.ts'
import { createPollingStatistics, type PolledFrame } from '../../analyses/pollingStatistics.ts'
import { createPace } from '../format/pace.ts'
import {
  createDetailBytes,
  framesBetween,
  numberIn,
  numbersIn,
  parsedDetailBytes,
  within,
} from '../format/room.ts'
import { wireShapes } from './wireFrames.ts'

const queryPace = { least: 256, most: 16_384, ms: 1000 }
/** Lifeline's own files are counted in far less. The rest of a crafted one is left out. */
const leastMs = 5000
const mostMsPerFrame = 0.02
/** Those of polls have heads. */
const polledDetailBytes = 4 * parsedDetailBytes

/**
 * The analysis `statistics` of all frames up to `last`, for SQL counts seven times as fast as frames can be read: about a
 * second for a million. `tell` is told the share that is counted, from 0 to 1.
 * Wire bytes are the sum over the frames, since nobody counted the sockets; the rate is 0.
 */
export function countStatistics(
  database: DatabaseSync,
  last: number,
  tell: (share: number) => void,
): Statistics {
  const polls = createPollReader(database)
  const counts = createCounter(database)
  const until = performance.now() + leastMs + mostMsPerFrame * last
  const pace = createPace({ ...queryPace, readBytes: createDetailBytes(database) })
  for (let after = 0; after < last && performance.now() < until; ) {
    after = pace.step(after, last, (end) => {
      counts.read(after, end)
      polls.read(after, end)
    })
    tell(after / last)
  }
  const polling = polls.counted()
  return { ...counts.counted(), ...(polling && { polling }) }
}

interface CountRow {
  readonly direction: string
  readonly frames: number
  readonly bytes: number
  readonly wire: number
  readonly errors: number
  readonly connections: number
  readonly wireFrames: number
}

const countColumns = numbersIn('shape', 'size_bytes', 'wire_bytes', 'connection')
const pollColumns = `seq, ${numbersIn('shape', 'at', 'connection', 'size_bytes', 'wire_bytes')},
  ${within('detail', polledDetailBytes)}`

function createCounter(database: DatabaseSync) {
  const select = database.prepare(
    `SELECT s.direction AS direction, total(iif(s.hidden OR s.kind = 'error', 0, g.frames)) AS frames,
       total(iif(s.hidden, g.frames, 0)) AS wireFrames, total(iif(s.hidden OR s.partial, 0, g.bytes)) AS bytes,
       total(iif(s.kind IN ('fragment', 'control'), 0, g.wire)) AS wire,
       total(iif(s.kind = 'error', g.frames, 0)) AS errors, max(g.connections) AS connections
     FROM (SELECT shape, count(*) AS frames, total(size_bytes) AS bytes,
             total(wire_bytes) AS wire, coalesce(max(connection), 0) AS connections
           FROM (${framesBetween(countColumns)}) GROUP BY shape) g
     JOIN (SELECT id, ${within('kind', 64)}, ${within('direction', 64)}, id IN (${wireShapes}) AS hidden,
             iif(kind = 'record' AND octet_length(detail) <= ${parsedDetailBytes} AND json_valid(detail),
               coalesce(detail ->> 'partial', 0), 0) AS partial FROM shape) s ON s.id = g.shape
     GROUP BY s.direction`,
  )
  let sums: Statistics = noStatistics
  return {
    read(after: number, last: number): void {
      for (const row of select.all(after, last) as unknown as CountRow[]) sums = added(sums, row)
    },
    counted: () => sums,
  }
}

function added(sums: Statistics, row: CountRow): Statistics {
  const { direction, frames, bytes, wire } = row
  const both = {
    ...sums,
    connections: Math.max(sums.connections, row.connections),
    errors: sums.errors + row.errors,
    wireFrames: sums.wireFrames + row.wireFrames,
  }
  if (direction === 'in') {
    return {
      ...both,
      framesIn: sums.framesIn + frames,
      bytesIn: sums.bytesIn + bytes,
      wireBytesIn: sums.wireBytesIn + wire,
    }
  }
  if (direction !== 'out') return both
  return {
    ...both,
    framesOut: sums.framesOut + frames,
    bytesOut: sums.bytesOut + bytes,
    wireBytesOut: sums.wireBytesOut + wire,
  }
}

interface PollRow {
  readonly kind: 'request' | 'response'
  readonly at: number
  readonly connection: number
  readonly sizeBytes: number
  readonly wireBytes: number
  readonly purpose: 'poll' | 'long-poll'
  readonly gapMs: number | null
  readonly status: number
  readonly changed: number | null
  readonly empty: number | null
  readonly redirectTo: string | null
  readonly client: string | null
}

function createPollReader(database: DatabaseSync) {
  const counter = createPollingStatistics()
  const select = database.prepare(
    `SELECT kind, at, connection, sizeBytes, wireBytes, detail ->> 'purpose' AS purpose,
       ${numberIn("detail ->> 'gapMs'")} AS gapMs, coalesce(${numberIn("detail ->> 'status'")}, 0) AS status,
       detail ->> 'changed' AS changed, detail ->> 'empty' AS empty, detail ->> 'redirectTo' AS redirectTo,
       detail ->> 'client' AS client
     FROM (SELECT f.seq, s.kind, coalesce(f.at, 0) AS at, coalesce(f.connection, 0) AS connection,
             coalesce(f.size_bytes, 0) AS sizeBytes, coalesce(f.wire_bytes, 0) AS wireBytes,
             coalesce(f.detail, s.detail) AS detail
           FROM (${framesBetween(pollColumns)}) f JOIN shape s ON s.id = f.shape WHERE s.kind IN ('request', 'response')
             AND octet_length(coalesce(f.detail, s.detail)) <= ${polledDetailBytes}
             AND json_valid(coalesce(f.detail, s.detail)))
     WHERE detail ->> 'purpose' IN ('poll', 'long-poll') ORDER BY seq`,
  )
  return {
    read(after: number, last: number): void {
      for (const row of select.iterate(after, last)) counter.add(frameOf(row as unknown as PollRow))
    },
    counted: () => counter.result(),
  }
}

function frameOf({ gapMs, changed, empty, redirectTo, client, ...row }: PollRow): PolledFrame {
  return {
    ...row,
    detail: {
      ...row,
      ...(gapMs !== null && { gapMs }),
      ...(changed !== null && { changed: changed === 1 }),
      ...(empty !== null && { empty: empty === 1 }),
      ...(redirectTo !== null && { redirectTo }),
      ...(client !== null && { client }),
    },
  }
}
