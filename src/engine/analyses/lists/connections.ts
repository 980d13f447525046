// The list of connections: a fold over frames by the number of their connection, and summed up by path and method.

import type { SeenFrame } from '../../../shared/frame/frame.ts'
import type { Packet } from '../../../shared/frame/packet.ts'
import { companionName } from '../../../shared/frame/protocolName.ts'
import type { AnalysisScope } from '../../../shared/session/analysisResults.ts'
import {
  type ConnectionRow,
  type ConnectionsAsked,
  type ConnectionsRead,
  connectionLimits,
} from '../../../shared/session/connections.ts'
import { pathOfTarget } from '../../../shared/url/requestTarget.ts'
import {
  type Connection,
  isOver,
  newConnection,
  noteAnswered,
  noteAsked,
  noteEnd,
  stateOf,
} from './connectionState.ts'
import { createRowFold, type RowFold } from './rowFold.ts'

/** A row of the sums: its connections, and how the one stands that asked last. */
interface PathRow {
  readonly key: string
  readonly fold: RowFold
  readonly numbers: number[]
  connections: number
  latest: Connection
}

/** As the contract of analyses has them. */
export interface ConnectionsFold {
  readonly needsPackets: true
  add(frame: SeenFrame, seq: number, start?: Uint8Array | null, packets?: readonly Packet[]): void
  result(): ConnectionsRead
  piece(scope: AnalysisScope): ConnectionsRead
}

const firstRows: ConnectionsAsked = { by: 'path', from: 0, count: connectionLimits.rows }

export function createConnections(): ConnectionsFold {
  const connections = new Map<number, Connection>()
  const paths = new Map<string, PathRow>()
  /** Of `paths` the last. */
  let newestKey = ''
  let forgotten = 0
  let forgottenPaths = 0
  let highest = 0
  let lastAt = 0
  let hasEnded = false

  function connectionOf(number: number, target: string): Connection {
    const known = connections.get(number)
    if (known) return known
    const [path, query] = partsOf(target)
    const made = newConnection(number, createRowFold(path, query))
    connections.set(number, made)
    highest = Math.max(highest, number)
    if (connections.size > connectionLimits.kept) forgetOne()
    return made
  }

  /** The oldest that is over, or else the oldest. */
  function forgetOne(): void {
    let [oldest] = connections.keys()
    for (const [number, connection] of connections) {
      if (!isOver(connection)) continue
      oldest = number
      break
    }
    if (oldest !== undefined) connections.delete(oldest)
    forgotten++
  }

  /** The one that was used last stands last among those that may be forgotten. */
  function pathRow(
    connection: Connection,
    { detail }: Extract<SeenFrame, { kind: 'request' }>,
  ): RowFold {
    const [path, query] = partsOf(detail.target)
    const isSocket = detail.purpose === 'handshake'
    const key = `${isSocket ? 'WebSocket' : detail.method.slice(0, longestMethod)} ${path}`
    const known = paths.get(key)
    if (known) {
      if (key !== newestKey) {
        paths.delete(key)
        paths.set(key, known)
        newestKey = key
      }
      join(known, connection)
      return known.fold
    }
    const fold = createRowFold(path, query)
    const made = { key, fold, numbers: [connection.number], connections: 1, latest: connection }
    paths.set(key, made)
    newestKey = key
    const [oldest] = paths.keys()
    if (paths.size > connectionLimits.paths && oldest !== undefined) {
      paths.delete(oldest)
      forgottenPaths++
    }
    return fold
  }

  function join(row: PathRow, connection: Connection): void {
    if (row.latest.number === connection.number) return
    row.latest = connection
    if (row.numbers.includes(connection.number)) return
    // Of more than are told apart one that comes back counts once more.
    row.connections++
    if (row.numbers.length < connectionLimits.numbers) row.numbers.push(connection.number)
  }

  /** The rows that the frame counts in, but for that of its connection; null for what belongs to no request. */
  function give(frame: SeenFrame, seq: number, connection: Connection): RowFold | null {
    const { row } = connection
    if (frame.kind === 'request') {
      const of = pathRow(connection, frame)
      const { everyMs, gapMs } = noteAsked(connection, frame, seq, of)
      for (const fold of [row, of]) fold.asked(frame.detail, everyMs, gapMs)
      return of
    }
    if (frame.kind === 'response') {
      const of = noteAnswered(connection, frame)
      row.answered(frame.detail)
      of?.answered(frame.detail)
      return of
    }
    noteEnd(connection, frame)
    const of = connection.opened ?? connection.asked
    row.seen(frame)
    of?.seen(frame)
    if (frame.kind === 'ping') beat(connection, of, frame.at)
    return of
  }

  /** A ping of WebSocket, or what the protocol on it has for one. */
  function beat(connection: Connection, of: RowFold | null, at: number): void {
    const before = connection.pingedAt
    connection.pingedAt = at
    if (before === null) return
    connection.row.pinged(at - before)
    of?.pinged(at - before)
  }

  function numberedRow(connection: Connection, now: number | null): ConnectionRow {
    const state = stateOf(connection, now)
    return {
      ...{ key: String(connection.number), ...connection.row.figures() },
      ...{ state, failure: state === 'open' ? null : connection.failure },
      ...{ numbers: [connection.number], connections: 1, open: state === 'open' ? 1 : 0 },
    }
  }

  function sumRow(row: PathRow, now: number | null, open: number): ConnectionRow {
    const { latest, key, fold, numbers } = row
    return {
      ...{ key, ...fold.figures(), state: open > 0 ? 'open' : stateOf(latest, now) },
      ...{ failure: open > 0 ? null : latest.failure, numbers: [...numbers] },
      ...{ connections: row.connections, open },
    }
  }

  function read({ by, from, count, over }: ConnectionsAsked, clock: number): ConnectionsRead {
    const now = hasEnded || over ? null : clock
    const listed = [...connections.values()]
    const open = listed.filter((one) => stateOf(one, now) === 'open')
    const end = from + Math.min(count, connectionLimits.rows)
    const about = { connections: highest, open: open.length, from }
    if (by === 'number') {
      const rows = listed.slice(from, end).map((one) => numberedRow(one, now))
      return { ...about, total: listed.length, rows, forgotten }
    }
    const openIn = new Map<RowFold | null, number>()
    for (const { opened, asked } of open)
      openIn.set(opened ?? asked, (openIn.get(opened ?? asked) ?? 0) + 1)
    const sorted = [...paths.values()].sort((a, b) => a.fold.firstSeq - b.fold.firstSeq)
    const rows = sorted.slice(from, end).map((row) => sumRow(row, now, openIn.get(row.fold) ?? 0))
    return { ...about, total: paths.size, rows, forgotten: forgottenPaths }
  }

  return {
    needsPackets: true,
    add(frame, seq, _start, packets) {
      lastAt = Math.max(lastAt, frame.at)
      if (frame.kind === 'end') hasEnded = true
      if (frame.connection === 0) return
      const target = frame.kind === 'request' ? frame.detail.target : ''
      const connection = connectionOf(frame.connection, target)
      const of = give(frame, seq, connection)
      connection.row.touch(seq, frame.at)
      of?.touch(seq, frame.at)
      if (packets === undefined) return
      if (frame.kind === 'message' && isBeat(packets)) beat(connection, of, frame.at)
      const protocol = protocolOf(packets)
      if (protocol === null) return
      connection.row.decodedAs(protocol)
      of?.decodedAs(protocol)
    },
    result: () => read(firstRows, lastAt),
    piece: ({ connections: asked, now }: AnalysisScope) =>
      read(asked ?? firstRows, Math.max(lastAt, now ?? lastAt)),
  }
}

/** Longer ones are none that anybody reads. */
const longestMethod = 40

function partsOf(target: string): readonly [path: string, query: string] {
  const path = pathOfTarget(target)
  const { pathChars } = connectionLimits
  const shown = path.length > pathChars ? `${path.slice(0, pathChars)}…` : path
  return [shown, target.slice(path.length + 1, path.length + 1 + pathChars)]
}

/** It asks whether the other side is there. */
function isBeat([first, ...more]: readonly Packet[]): boolean {
  if (first?.level !== 'heartbeat' || more.length > 0) return false
  return first.answers === undefined && !/pong/i.test(first.type)
}

function protocolOf([first]: readonly Packet[]): string | null {
  return first && first.protocol !== companionName ? first.protocol : null
}
