// The overview that a long capture keeps of itself: taken from there, unless somebody wrote another thing in its place.

import assert from 'node:assert/strict'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'mocha'
import { type Capture, openCapture } from '../../../../../src/engine/capture/capture.ts'
import type { Overview } from '../../../../../src/shared/session/overview.ts'
import {
  errorFrame,
  fragment,
  moveIfLost,
  start,
  textMessage,
} from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'

const many = 30_000

function record(path: string, count: number, meanwhile = (_capture: Capture) => {}): void {
  const capture = startCapture(path)
  for (let i = 1; i < count; i++) {
    capture.append(i % 1000 === 0 ? fragment(1, start + i) : textMessage('abc', start + i))
    if (i === count / 2) meanwhile(capture)
  }
  capture.append({ ...errorFrame('ws-no-close', 'lost'), at: start + count })
  capture.close()
}

/** What the first call answers, and the whole. */
function overviewOf(path: string) {
  const capture = openCapture(path)
  const first = capture.analysis('overview', { afterSeq: 0 })
  let answer = first
  while (!answer.complete) answer = capture.analysis('overview', { afterSeq: 0 })
  capture.close()
  return { atOnce: first.complete, overview: answer.result }
}

describe('the overview that a capture keeps', () => {
  let folder = ''
  let original = ''
  let counted: Overview
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lifeline-overview-'))
    original = join(folder, 'original.lifeline')
    record(original, many)
    counted = overviewOf(changed('DELETE FROM overview')).overview
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  /** A copy of the original, changed by SQL. */
  function changed(sql: string): string {
    const path = join(folder, 'changed.lifeline')
    copyFileSync(original, path)
    const database = new DatabaseSync(path)
    database.exec(sql)
    database.close()
    return path
  }

  const set = (path: string, json: string) =>
    `UPDATE overview SET overview = json_set(overview, '$.${path}', json('${json}'))`

  it('is taken from there at once, and says what counting says', () => {
    assert.deepEqual(overviewOf(original), { atOnce: true, overview: counted })
    const { overview } = overviewOf(changed(set('framesIn[0]', '17')))
    assert.equal(overview.framesIn[0], 17)
  })

  it('is not kept of few frames, which are counted in no time', () => {
    const path = join(folder, 'short.lifeline')
    record(path, 1000)
    const database = new DatabaseSync(path)
    assert.deepEqual(database.prepare('SELECT * FROM overview').all(), [])
    database.close()
  })

  it('is not kept where frames went to another file, which may not have them all', () => {
    const path = join(folder, 'lost.lifeline')
    let movedTo = ''
    record(path, many, (capture) => {
      capture.flush()
      rmSync(path)
      moveIfLost(capture)
      movedTo = capture.path ?? ''
    })
    assert.notEqual(movedTo, path)
    const database = new DatabaseSync(movedTo)
    assert.deepEqual(database.prepare('SELECT * FROM overview').all(), [])
    database.close()
  })

  for (const [what, sql] of [
    ['is of fewer frames', 'UPDATE overview SET up_to = up_to - 1'],
    ['is missing', 'DROP TABLE overview'],
    ['is another table', 'DROP TABLE overview; CREATE TABLE overview (id, up_to, overview)'],
    [
      'is a view without an end',
      `DROP TABLE overview; CREATE VIEW overview AS
         WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id FROM n) SELECT id, id AS up_to, id AS overview FROM n`,
    ],
    ['is no JSON', `UPDATE overview SET overview = '{'`],
    ['is no object', `UPDATE overview SET overview = '[]'`],
    ['is no text', 'UPDATE overview SET overview = zeroblob(10)'],
    ['is far too long', 'UPDATE overview SET overview = zeroblob(20000000)'],
    ['nests deep', `UPDATE overview SET overview = replace(hex(zeroblob(50000)), '00', '[')`],
    ['has lists of unlike length', set('errors', '[1]')],
    ['has more bins than there are', set('framesIn', `[${'0,'.repeat(1024)}0]`)],
    [
      'has no bins',
      ['framesIn', 'framesOut', 'bytesIn', 'bytesOut', 'errors', 'firstSeq']
        .map((name) => set(name, '[]'))
        .join(';'),
    ],
    ['counts what is no number', set('framesIn[0]', '"a"')],
    ['counts less than none', set('framesIn[0]', '-1')],
    ['counts more than there are', set('framesIn[0]', '30001')],
    [
      'counts more in all bins than there are',
      [0, 1, 2].map((bin) => set(`framesIn[${bin}]`, '10001')).join(';'),
    ],
    ['counts parts of a byte', set('bytesIn[0]', '0.5')],
    ['names a frame that is not there', set('firstSeq[0]', '30001')],
    ['begins at no time', set('startAt', 'null')],
    ['ends after all time', set('endAt', '1e300')],
    ['ends before it begins', set('endAt', '1')],
    ['has bins for a part of its time', set('binMs', '1')],
    ['has bins for more than its time', set('binMs', '4096')],
    ['has a width that is none', set('binMs', '0')],
    ['has a width that no doubling makes', set('binMs', '3')],
    ['has no list of outages', set('outages', '{}')],
    ['has an outage that is none', set('outages', '[{}]')],
    [
      'has too many outages',
      set(
        'outages',
        `[${Array(129).fill('{"fromAt":1,"untilAt":2,"seq":1,"code":null,"closeCode":null,"count":1}').join()}]`,
      ),
    ],
  ] as const) {
    it(`is counted anew where it ${what}`, () => {
      assert.deepEqual(overviewOf(changed(sql)).overview, counted)
    })
  }
})
