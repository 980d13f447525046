// A capture that somebody else filled: nonsense in it is told as nonsense.

import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import { openCapture } from '../../../../../src/engine/capture/capture.ts'
import type { FrameKind } from '../../../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import { noStatistics, type Statistics } from '../../../../../src/shared/session/sessionState.ts'
import { withFolder } from '../../../../support/captures/captureFrames.ts'
import {
  assertUnreadable,
  crafted,
  craftedFrames,
} from '../../../../support/captures/craftedCapture.ts'
import { readWholeCapture } from '../../../../support/captures/readWholeCapture.ts'

const limits = defaultLimits

describe('a capture with nonsense in its rows', () => {
  const details = [
    'null',
    '1',
    '"x"',
    '[]',
    '{}',
    '{"headers":1,"timings":null,"type":5,"code":{}}',
    '{',
    '{"headers":[["a"],[1,2],null]}',
  ]
  // A record, so that none can be forgotten.
  const kinds: Readonly<Record<FrameKind, null>> = {
    request: null,
    response: null,
    event: null,
    comment: null,
    ignored: null,
    retry: null,
    record: null,
    message: null,
    fragment: null,
    control: null,
    ping: null,
    pong: null,
    close: null,
    wait: null,
    error: null,
    notice: null,
    end: null,
  }
  for (const kind of [...Object.keys(kinds), 'nonsense', '__proto__', 'constructor']) {
    it(`shows what is no ${kind} as not readable`, () =>
      withFolder((folder) => {
        const path = crafted(
          folder,
          `UPDATE shape SET kind = '${kind}', code = NULL WHERE kind = 'event'`,
        )
        for (const detail of details) {
          const database = new DatabaseSync(path)
          database.prepare('UPDATE frame SET detail = ? WHERE seq = 4').run(detail)
          database.close()
          const { rows } = readWholeCapture(path)
          assert.deepEqual(
            rows.map(({ frame }) => frame.seq),
            [1, 2, 3, 4, 5, 6],
          )
          assert.equal(rows[0]?.preview, 'first')
        }
      }))
  }

  for (const column of [
    'at',
    'connection',
    'size_bytes',
    'wire_bytes',
    'reply_to',
    'detail',
    'payload',
    'shape',
  ]) {
    it(`is read when ${column} is of another type`, () => {
      for (const value of ["'x'", "x'00ff'", '1e999', '-1', '0.5', "''"]) {
        withFolder((folder) => {
          const sql = `UPDATE frame SET ${column} = ${value} WHERE seq IN (1, 4)`
          const { rows } = readWholeCapture(crafted(folder, sql))
          assert.equal(rows.length, craftedFrames, value)
        })
      }
    })
  }

  for (const sql of [
    "UPDATE shape SET direction = 'up', code = x'00'",
    "UPDATE shape SET detail = '{'",
    'UPDATE shape SET detail = 5 WHERE detail IS NOT NULL',
    "UPDATE session SET statistics = 'x'",
    "UPDATE session SET statistics = '[]', name = x'00ff'",
    `UPDATE session SET statistics = '{"framesIn":"<b>"}'`,
    "UPDATE session SET statistics = json_remove(statistics, '$.wireBytesIn')",
    "UPDATE session SET statistics = json_set(statistics, '$.polling', json('[1]'))",
    "UPDATE piece SET bytes = 'text'",
    'UPDATE piece SET offset = offset + 0.5',
    'UPDATE piece SET offset = 1000000000000 + offset',
  ]) {
    it(`is read after ${sql}`, () =>
      withFolder((folder) => {
        const { rows, status, info } = readWholeCapture(crafted(folder, sql))
        assert.equal(rows.length, craftedFrames)
        assert.equal(typeof info.name, 'string')
        for (const name of Object.keys(noStatistics) as (keyof Statistics)[]) {
          assert.equal(typeof status.statistics[name], 'number', name)
        }
        assert.ok(!Array.isArray(status.statistics.polling))
      }))
  }

  it('does not read a detail that is larger than any of Lifeline’s', () =>
    withFolder((folder) => {
      const sql =
        'UPDATE frame SET detail = \'{"type":"a","lastEventId":"\' || hex(zeroblob(%)) || \'"}\' WHERE seq = 4'
      const kind = (path: string) => readWholeCapture(path).rows[3]?.frame.kind
      assert.equal(kind(crafted(folder, sql.replace('%', '2000000'))), 'event')
      assert.equal(kind(crafted(folder, sql.replace('%', '2100000'))), 'notice')
    }))

  it('reads no detail that nests deeper than any of Lifeline’s', () =>
    withFolder((folder) => {
      for (const depth of [4, 40, 100_000, 1_900_000]) {
        const deep = `{"type":"a","lastEventId":"","x":${'['.repeat(depth)}${']'.repeat(depth)}}`
        const path = crafted(folder, 'SELECT 1')
        const database = new DatabaseSync(path)
        database.prepare('UPDATE frame SET detail = ? WHERE seq = 4').run(deep)
        database.close()
        const { rows } = readWholeCapture(path)
        assert.equal(rows[3]?.frame.kind, depth === 4 ? 'event' : 'notice', `${depth}`)
      }
    }))

  it('reads numbers beyond JavaScript’s as not readable, and all other frames', () =>
    withFolder((folder) => {
      for (const column of ['at', 'connection', 'size_bytes', 'wire_bytes', 'reply_to', 'shape']) {
        for (const value of [
          '9223372036854775807',
          '-9223372036854775808',
          '9007199254740993',
          '1e300',
        ]) {
          const path = crafted(folder, `UPDATE frame SET ${column} = ${value} WHERE seq = 4`)
          const { rows } = readWholeCapture(path)
          assert.deepEqual(
            rows.map(({ frame }) => frame.code),
            [null, null, null, 'frame-not-readable', null, null],
            `${column} = ${value}`,
          )
        }
      }
    }))

  it('gives long details by pages that are not too long, and all of them in the end', () =>
    withFolder((folder) => {
      const count = 120
      const path = crafted(
        folder,
        `UPDATE shape SET detail = '{"type":"a","lastEventId":"' || hex(zeroblob(1500000)) || '"}' WHERE kind = 'event';
         UPDATE frame SET detail = NULL WHERE seq = 4;
         WITH RECURSIVE n(value) AS (SELECT 7 UNION ALL SELECT value + 1 FROM n WHERE value < ${count})
           INSERT INTO frame SELECT value, at, 1, shape, 0, 0, NULL, NULL, NULL FROM frame, n WHERE seq = 4`,
      )
      const capture = openCapture(path)
      const kinds: string[] = []
      while (kinds.length < count) {
        const page = capture.rows({ afterSeq: 0, text: '', wire: true }, kinds.length, count)
        assert.ok(page.rows.length > 0)
        assert.ok(JSON.stringify(page).length < limits.pageChars + limits.detailChars + 10_000)
        assert.equal(page.total, count)
        kinds.push(...page.rows.map(({ frame }) => frame.kind))
      }
      assert.equal(kinds.filter((kind) => kind === 'event').length, count - 5)
      capture.close()
    }))

  for (const sql of [
    "UPDATE session SET endpoint = 'x'",
    "UPDATE session SET endpoint = '[]'",
    `UPDATE session SET endpoint = '{"url":1,"method":"sse"}'`,
    `UPDATE session SET endpoint = '{"url":"http://a","method":"constructor"}'`,
    `UPDATE session SET endpoint = '{"url":"http://a","method":"sse","tls":null}'`,
    `UPDATE session SET endpoint = '{"url":"http://a","method":"sse","headers":[[1,2]]}'`,
    `UPDATE session SET endpoint = '{"url":"http://a","method":"sse","intervalMs":"1"}'`,
  ]) {
    it(`is refused after ${sql}`, () =>
      withFolder((folder) => assertUnreadable(crafted(folder, sql), /does not name its endpoint/)))
  }

  it('is refused when frames are missing or beyond number', () =>
    withFolder((folder) => {
      const path = crafted(folder, 'DELETE FROM frame WHERE seq = 4')
      assertUnreadable(path, /missing/)
      for (const seq of ['9007199254740993', '4294967296', '-5']) {
        const database = new DatabaseSync(path)
        database.exec(
          `UPDATE frame SET seq = ${seq} WHERE seq = (SELECT ${seq.startsWith('-') ? 'min' : 'max'}(seq) FROM frame)`,
        )
        database.close()
        assertUnreadable(path, /missing|numbers/)
      }
    }))
})
