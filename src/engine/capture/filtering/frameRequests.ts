// The requests that frames belong to, and which tests hold of them: read on in order, and asked frame by frame.

import type { DatabaseSync } from 'node:sqlite'
import type { Purpose } from '../../../shared/frame/httpDetail.ts'
import { framesBetween, numbersIn, parsedDetailBytes, valueWithin } from '../format/room.ts'
import type { AskedRequest, RequestTest } from './requestTest.ts'

/** A request, or the answer that shows what its request has opened. */
export type FoundRequest =
  | (AskedRequest & {
      readonly seq: number
      readonly connection: number
      /** It opens what goes on after its answer: a stream or a WebSocket. */
      readonly opens: boolean
    })
  | { readonly seq: number; readonly connection: number; readonly opened: number }

/** Those among the frames after `after` up to `last`, in order. */
export type ReadRequests = (after: number, last: number) => Iterable<FoundRequest>

export interface FrameRequests {
  /** Every request up to this frame is known. */
  extend(last: number): void
  /**
   * Whether the test of this number holds of the request that the frame is or answers, or else of the one that opened what
   * its connection carries, or else of the last one there. Quick for frames in order.
   */
  holds(test: number, seq: number, connection: number, replyTo: number): boolean
}

/** A connection of a higher number, as only a crafted file has, has no requests. */
const mostConnections = 2 ** 24
/** Of a session that is not kept so many of the newest requests can still be answered. */
const keptRequests = 8192

/** As bits: what a frame of the connection belongs to, whether that was opened, and what the request itself says. */
const bits = { holds: 1, isOpened: 2, own: 4 } as const

/** `forgets`: frames come in order, each is asked about once, and the memory does not grow with them. */
export function createFrameRequests(
  read: ReadRequests,
  tests: readonly RequestTest[],
  forgets = false,
): FrameRequests {
  let seqs = new Uint32Array(64)
  let connections = new Uint32Array(64)
  let columns = tests.map((test) => createColumn(test))
  let length = 0
  let upTo = 0
  /** Those before this one have been passed by frames in order. */
  let passed = 0
  let passedSeq = 0

  function add(found: FoundRequest): void {
    const { seq, connection } = found
    if (connection >= mostConnections) return
    if (length === seqs.length) grow()
    seqs[length] = seq
    connections[length] = connection
    const opened = 'opened' in found ? indexOf(found.opened) : null
    for (const column of columns) {
      column.newest = longer(column.newest, connection)
      column.standing = longer(column.standing, connection)
      const before = column.newest[connection] ?? 0
      const own = ownBit(column, found, opened)
      const opens = opened !== null || ('opens' in found && found.opens)
      const state = own | (opens || (before & bits.isOpened) === 0 ? belonging(own, opens) : before)
      column.states[length] = state
      column.newest[connection] = state & ~bits.own
    }
    length++
  }

  function grow(): void {
    seqs = doubled(seqs)
    connections = doubled(connections)
    columns = columns.map((column) => ({ ...column, states: doubled(column.states) }))
  }

  /** All that is known has been asked about. */
  function forget(): void {
    const from = length - keptRequests
    if (!forgets || from < keptRequests) return
    pass(upTo)
    for (const column of [seqs, connections, ...columns.map(({ states }) => states)])
      column.copyWithin(0, from, length)
    length -= from
    passed = length
  }

  /** From now on frames are asked about that come no earlier. */
  function pass(seq: number): void {
    for (; passed < length && (seqs[passed] ?? 0) <= seq; passed++) {
      const connection = connections[passed] ?? 0
      for (const { standing, states } of columns) standing[connection] = states[passed] ?? 0
    }
    passedSeq = seq
  }

  /** How many are at or before the frame. */
  function countAt(seq: number): number {
    if (seq === passedSeq) return passed
    let [from, until] = [0, length]
    while (from < until) {
      const middle = (from + until) >> 1
      if ((seqs[middle] ?? 0) <= seq) from = middle + 1
      else until = middle
    }
    return from
  }

  /** Null where the frame is none of them. */
  function indexOf(seq: number): number | null {
    const at = countAt(seq) - 1
    return at >= 0 && seqs[at] === seq ? at : null
  }

  function stateOf({ standing, states }: Column, seq: number, connection: number): number {
    if (seq === passedSeq) return standing[connection] ?? 0
    let at = countAt(seq) - 1
    while (at >= 0 && connections[at] !== connection) at--
    return at < 0 ? 0 : (states[at] ?? 0)
  }

  return {
    extend(last) {
      if (last <= upTo) return
      forget()
      for (const found of read(upTo, last)) add(found)
      upTo = last
    },
    holds(test, seq, connection, replyTo) {
      const column = columns[test]
      if (!column) return false
      if (seq > passedSeq) pass(seq)
      const own = indexOf(seq) ?? (replyTo > 0 ? indexOf(replyTo) : null)
      if (own !== null) return ((column.states[own] ?? 0) & bits.own) !== 0
      return (stateOf(column, seq, connection) & bits.holds) !== 0
    },
  }
}

interface Column {
  readonly test: RequestTest
  /** How its connection stands after each request. */
  readonly states: Uint8Array<ArrayBuffer>
  /** How connections stand after those that were passed. */
  standing: Uint8Array<ArrayBuffer>
  /** And after all that were read. */
  newest: Uint8Array<ArrayBuffer>
}

function createColumn(test: RequestTest): Column {
  const [states, standing, newest] = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)]
  return { test, states, standing, newest }
}

function ownBit({ test, states }: Column, found: FoundRequest, opened: number | null): number {
  if ('opened' in found) return opened === null ? 0 : (states[opened] ?? 0) & bits.own
  return test(found) ? bits.own : 0
}

function belonging(own: number, opens: boolean): number {
  return (own === 0 ? 0 : bits.holds) | (opens ? bits.isOpened : 0)
}

function doubled<Column extends Uint8Array | Uint32Array>(column: Column): Column {
  const larger = new (column.constructor as new (length: number) => Column)(2 * column.length)
  larger.set(column)
  return larger
}

/** The same where it has such a place. */
function longer(column: Uint8Array<ArrayBuffer>, index: number): Uint8Array<ArrayBuffer> {
  if (index < column.length) return column
  const larger = new Uint8Array(2 ** Math.ceil(Math.log2(index + 1)))
  larger.set(column)
  return larger
}

const opening: readonly unknown[] = ['stream', 'handshake'] satisfies Purpose[]

/** A longer detail is not taken apart: its frame is no request that anybody made. */
const detailBytes = 4 * parsedDetailBytes

/** Reads them from the tables of a database. */
export function createReadRequests(database: DatabaseSync): ReadRequests {
  const kindIs = (kind: string) => `shape IN (SELECT id FROM shape WHERE kind = '${kind}')`
  const short = valueWithin('detail', detailBytes)
  const fact = (name: string) => `detail ->> '$.${name}'`
  const says = (purpose: unknown) => `instr(detail, '"purpose":"${purpose}"')`
  const select = database.prepare(
    `SELECT seq, connection, asks, reply_to, ${['method', 'target', 'purpose'].map((name) => `iif(asks, ${fact(name)}, NULL) AS ${name}`).join(', ')}
     FROM (SELECT seq, ${numbersIn('connection', 'reply_to')}, asks, coalesce(${short}, (SELECT ${short} FROM shape WHERE id = shape)) AS detail
       FROM (${framesBetween(`seq, connection, reply_to, shape, detail, ${kindIs('request')} AS asks, ${kindIs('response')} AS answers`)})
       WHERE asks OR answers)
     WHERE iif(asks, json_valid(detail), ${opening.map(says).join(' OR ')})`,
  )
  return function* (after, last) {
    for (const row of select.iterate(after, last)) {
      const { seq, connection, asks, reply_to: opened, method, target, purpose } = row
      if (typeof seq !== 'number' || typeof connection !== 'number' || connection < 0) continue
      const place = { seq, connection }
      if (asks === 1)
        yield { ...place, opens: opening.includes(purpose), ...textsOf({ method, target }) }
      else if (typeof opened === 'number') yield { ...place, opened }
    }
  }
}

function textsOf({ method, target }: Readonly<Record<string, unknown>>): AskedRequest {
  return {
    method: typeof method === 'string' ? method : '',
    target: typeof target === 'string' ? target : '',
  }
}
