// A capture whose tables somebody else made, or that lies beside what somebody else made: nothing in it runs.

import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, it } from 'mocha'
import { openCapture } from '../../../../../src/engine/capture/capture.ts'
import { CaptureError } from '../../../../../src/engine/capture/format/captureError.ts'
import { withFolder } from '../../../../support/captures/captureFrames.ts'
import {
  assertUnreadable,
  crafted,
  craftedFrames,
  uncrafted,
} from '../../../../support/captures/craftedCapture.ts'
import { readWholeCapture } from '../../../../support/captures/readWholeCapture.ts'
import { ownMs } from '../../../../support/ownMs.ts'

describe('a capture whose schema is not Lifeline’s', () => {
  for (const [what, sql] of [
    ['a trigger', 'CREATE TRIGGER t AFTER UPDATE ON session BEGIN DELETE FROM frame; END'],
    [
      'a view in place of a table',
      'ALTER TABLE frame RENAME TO real; DROP VIEW frames; CREATE VIEW frame AS SELECT * FROM real',
    ],
    [
      'a column that is computed',
      'ALTER TABLE frame ADD COLUMN bomb GENERATED ALWAYS AS (zeroblob(1000000000))',
    ],
    ['no shapes', 'DROP VIEW frames; DROP TABLE shape'],
    ['no session', 'DELETE FROM session'],
    [
      'a virtual table',
      'DROP TABLE piece; CREATE VIRTUAL TABLE piece USING fts5(seq, offset, bytes)',
    ],
  ] as const) {
    it(`is refused: it has ${what}`, () =>
      withFolder((folder) => assertUnreadable(crafted(folder, sql), /not a capture|damaged/)))
  }

  for (const [what, sql] of [
    ['statistics of SQLite, which are read with it', 'ANALYZE'],
    ['a virtual table of somebody’s own', 'CREATE VIRTUAL TABLE v USING fts5(a)'],
    [
      'a table that is Lifeline’s only by its name',
      'DROP VIEW frames; ALTER TABLE frame RENAME TO old; CREATE TABLE frame AS SELECT * FROM old; DROP TABLE old',
    ],
    [
      'more about its tables than one page holds',
      Array.from({ length: 300 }, (_, n) => `CREATE TABLE t${n} (${'a'.repeat(60)})`).join(';'),
    ],
  ] as const) {
    it(`is refused: it has ${what}`, () =>
      withFolder((folder) => assertUnreadable(crafted(folder, sql), /not a capture/)))
  }

  it('is opened at once, however deep its views stand in each other', () =>
    withFolder((folder) => {
      const views = Array.from(
        { length: 60 },
        (_, n) => `CREATE VIEW v${n + 1} AS SELECT a.x FROM v${n} a, v${n} b`,
      )
      const path = crafted(folder, `CREATE VIEW v0 AS SELECT 1 AS x; ${views.join(';')}`)
      const began = ownMs()
      assert.equal(readWholeCapture(path).rows.length, craftedFrames)
      // Each view stands for twice as many rows as the one below it: read, they would have no end.
      assert.ok(ownMs() - began < 5000)
    }))

  it('is opened with columns that a later version added', () =>
    withFolder((folder) => {
      const sql =
        'ALTER TABLE frame ADD COLUMN more TEXT; ALTER TABLE session ADD COLUMN also; ALTER TABLE piece ADD COLUMN too'
      assert.equal(readWholeCapture(crafted(folder, sql)).rows.length, craftedFrames)
    }))

  it('is opened with an index, a table and a view of somebody’s own', () =>
    withFolder((folder) => {
      const sql = 'CREATE INDEX i ON frame (at); CREATE TABLE notes (a); CREATE VIEW v AS SELECT 1'
      assert.equal(readWholeCapture(crafted(folder, sql)).rows.length, craftedFrames)
    }))
})

describe('a journal that somebody laid beside a capture', () => {
  it('is not written into it', () =>
    withFolder((folder) => {
      const path = crafted(folder, 'SELECT 1')
      writeFileSync(`${path}-journal`, journalOfOnePage())
      writeFileSync(`${path}-wal`, '')
      try {
        openCapture(path).close()
      } catch (error) {
        assert.ok(error instanceof CaptureError)
      }
      assert.deepEqual(readFileSync(path), uncrafted(path))
    }))
})

/** [sqlite] fileformat2.html 3: a rollback journal of a file that was one page long. */
function journalOfOnePage(): Buffer {
  const header = Buffer.alloc(512)
  Buffer.from('d9d505f920a163d7', 'hex').copy(header)
  header.writeUInt32BE(1, 16)
  header.writeUInt32BE(512, 20)
  header.writeUInt32BE(16_384, 24)
  return header
}
