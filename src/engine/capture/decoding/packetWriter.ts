// Writes packets into a capture's tables.

import type { DatabaseSync } from 'node:sqlite'
import type { DecodedFrame } from '../../decoders/decoding.ts'
import { decoderNames } from '../../decoders/registry.ts'
import type { Place } from '../format/decodedSchema.ts'

export interface PacketWriter {
  /** All of them in one transaction, or none. Throws what SQLite says. */
  write(frames: readonly DecodedFrame[]): void
  /** Notes that all frames up to this one have been decoded. */
  finish(upTo: number): void
}

export function createPacketWriter(database: DatabaseSync, place: Place): PacketWriter {
  const insert = database.prepare(
    `INSERT OR REPLACE INTO ${place}.decoded
       (seq, ix, protocol, type, name, key, summary, body, level, asks, answers_seq, answers_ix, flaw)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const tellAsker = database.prepare(
    `UPDATE ${place}.decoded SET answered_seq = ? WHERE seq = ? AND ix = ?`,
  )
  const begin = database.prepare('BEGIN IMMEDIATE')
  const commit = database.prepare('COMMIT')

  function writeFrame({ frame: { seq }, packets }: DecodedFrame): void {
    packets.forEach((packet, ix) => {
      const { protocol, type, name, key, summary, body, level, asks, answers, flaw } = packet
      const words = [protocol, type, name ?? null, key ?? null, summary ?? null] as const
      const stands = [body ?? null, level, asks ? 1 : null] as const
      const asked = [answers?.seq ?? null, answers?.ix ?? null] as const
      insert.run(seq, ix, ...words, ...stands, ...asked, flaw ?? null)
      if (answers) tellAsker.run(seq, answers.seq, answers.ix)
    })
  }

  return {
    write(frames) {
      if (frames.length === 0) return
      begin.run()
      try {
        for (const frame of frames) writeFrame(frame)
        commit.run()
      } catch (error) {
        // A full disk rolls back by itself. [sqlite] lang_transaction.html 3
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
    finish(upTo) {
      database
        .prepare(`INSERT OR REPLACE INTO ${place}.decoding (id, decoders, up_to) VALUES (1, ?, ?)`)
        .run(decoderNames, upTo)
    },
  }
}

/** Whether the capture itself holds what today's decoders say of its frames up to this one. */
export function isDecodedTo(database: DatabaseSync, last: number): boolean {
  const found = database
    .prepare('SELECT 1 FROM main.decoding WHERE id = 1 AND decoders = ? AND up_to >= ?')
    .get(decoderNames, last)
  return found !== undefined
}
