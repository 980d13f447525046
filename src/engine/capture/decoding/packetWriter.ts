// Writes packets into a capture's tables, many rows in one statement.

import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import type { DecodedFrame } from '../../decoders/decoding.ts'
import { decoderNames } from '../../decoders/registry.ts'
import type { NewPacket } from '../../decoders/shapes/decoder.ts'
import type { Place } from '../format/decodedSchema.ts'

export interface PacketWriter {
  /** All of them in one transaction, or none. Throws what SQLite says. */
  write(frames: readonly DecodedFrame[]): void
  /** Takes out all that was written. */
  forget(): void
  /** Notes that all frames up to this one have been decoded. */
  finish(upTo: number): void
}

/** More gain nothing. */
const rowsPerStatement = 40
const columns = [
  'seq',
  'ix',
  'shape',
  'key',
  'summary',
  'asks',
  'answers_seq',
  'answers_ix',
  'flaw',
]
/** Those of a session are few, but a peer can give each packet a name of its own. */
const keptShapes = 4096

export function createPacketWriter(database: DatabaseSync, place: Place): PacketWriter {
  const insertMany = prepareInsert(database, place, rowsPerStatement)
  const insertOne = prepareInsert(database, place, 1)
  const tell = (column: string) =>
    database.prepare(`UPDATE ${place}.packet SET ${column} = ? WHERE seq = ? AND ix = ?`)
  const tellAsker = tell('answered_seq')
  const tellProgress = tell('progress_seq')
  const tellCancelled = tell('cancelled_seq')
  const tellCancels = tell('cancels_seq')
  const shapes = createPacketShapes(database, place)
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')

  function writeFrames(frames: readonly DecodedFrame[]): void {
    let values: SQLInputValue[] = []
    for (const { frame, packets } of frames) {
      packets.forEach((packet, ix) => {
        addRow(values, frame.seq, ix, shapes.idOf(packet), packet)
        if (values.length < rowsPerStatement * columns.length) return
        insertMany.run(...values)
        values = []
      })
    }
    for (let at = 0; at < values.length; at += columns.length)
      insertOne.run(...values.slice(at, at + columns.length))
    // What is answered may have come with its answer.
    for (const { frame, packets } of frames)
      packets.forEach(({ answers, progressOf, cancels }, ix) => {
        if (answers) tellAsker.run(frame.seq, answers.seq, answers.ix)
        if (progressOf) tellProgress.run(frame.seq, progressOf.seq, progressOf.ix)
        if (!cancels) return
        tellCancelled.run(frame.seq, cancels.seq, cancels.ix)
        tellCancels.run(cancels.seq, frame.seq, ix)
      })
  }

  return {
    write(frames) {
      if (frames.length === 0) return
      begin.run()
      try {
        writeFrames(frames)
        commit.run()
      } catch (error) {
        // A full disk rolls back by itself. [sqlite] lang_transaction.html 3
        if (database.isTransaction) database.exec('ROLLBACK')
        shapes.forget()
        throw error
      }
    },
    forget() {
      database.exec(`DELETE FROM ${place}.packet; DELETE FROM ${place}.packet_shape`)
      shapes.forget()
    },
    finish(upTo) {
      database
        .prepare(`INSERT OR REPLACE INTO ${place}.decoding (id, decoders, up_to) VALUES (1, ?, ?)`)
        .run(decoderNames, upTo)
    },
  }
}

function prepareInsert(database: DatabaseSync, place: Place, rows: number): StatementSync {
  const row = `(${columns.map(() => '?').join(', ')})`
  const values = new Array<string>(rows).fill(row).join(', ')
  return database.prepare(
    `INSERT OR REPLACE INTO ${place}.packet (${columns.join(', ')}) VALUES ${values}`,
  )
}

/** In the order of the columns. */
function addRow(
  to: SQLInputValue[],
  seq: number,
  ix: number,
  shape: number,
  packet: NewPacket,
): void {
  const { key, summary, asks, answers, flaw } = packet
  to.push(seq, ix, shape, key ?? null, summary ?? null, asks ? 1 : null)
  to.push(answers?.seq ?? null, answers?.ix ?? null, flaw ?? null)
}

type PacketShape = Pick<NewPacket, 'protocol' | 'type' | 'name' | 'body' | 'level'>

/** What packets have in common, written once each; in the transaction that writes them. */
function createPacketShapes(database: DatabaseSync, place: Place) {
  const insert = database.prepare(
    `INSERT INTO ${place}.packet_shape (protocol, type, name, body, level) VALUES (?, ?, ?, ?, ?)`,
  )
  const ids = new Map<string, number>()
  /** In a flood each is like the one before. */
  let latest: PacketShape | null = null
  let latestId = 0

  function idOf(shape: PacketShape): number {
    if (latest !== null && isSameShape(latest, shape)) return latestId
    const { protocol, type, name, body, level } = shape
    const key = JSON.stringify([protocol, type, name, body, level])
    const id =
      ids.get(key) ??
      Number(insert.run(protocol, type, name ?? null, body ?? null, level).lastInsertRowid)
    if (ids.size >= keptShapes) ids.clear()
    ids.set(key, id)
    latest = shape
    latestId = id
    return id
  }

  return {
    idOf,
    forget() {
      ids.clear()
      latest = null
    },
  }
}

function isSameShape(one: PacketShape, other: PacketShape): boolean {
  return (
    one.name === other.name &&
    one.type === other.type &&
    one.body === other.body &&
    one.protocol === other.protocol &&
    one.level === other.level
  )
}

/** Whether the capture itself holds what today's decoders say of its frames up to this one. */
export function isDecodedTo(database: DatabaseSync, last: number): boolean {
  const found = database
    .prepare('SELECT 1 FROM main.decoding WHERE id = 1 AND decoders = ? AND up_to >= ?')
    .get(decoderNames, last)
  return found !== undefined
}
