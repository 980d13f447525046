import assert from 'node:assert/strict'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'mocha'
import {
  type Capture,
  createCapture,
  openCapture,
} from '../../../../../src/engine/capture/capture.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import {
  moveIfLost,
  recorded,
  start,
  textMessage,
} from '../../../../support/captures/captureFrames.ts'
import { call, everything, packetsOf, result } from '../../../../support/captures/jsonRpcFrames.ts'

/** A folder for the suite that it is called in. */
function useFolder(): () => string {
  let folder = ''
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'lifeline-decoding-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  return () => folder
}

const pair = [
  [1, 'request m7 2'],
  [2, 'result m7 1 12'],
]

/** Rows have the packets that are decoded within some ms; an export waits for all of them. */
function openDecoded(path: string): Capture {
  const capture = openCapture(path)
  assert.ok([...capture.entries(everything)].length > 0)
  return capture
}

/** Of all packets: reading them all waits for their decoding. */
function wordsOf(capture: Capture): readonly string[] {
  return [...capture.entries(everything)].flatMap(({ decoded = [] }) =>
    decoded.map(({ type, protocol }) => `${type} ${protocol}`),
  )
}

describe('what a capture holds of decoded frames', () => {
  const folder = useFolder()
  const make = (path: string | null) => createCapture({ ...recorded, path, limits: defaultLimits })

  function record(name: string): string {
    const path = join(folder(), name)
    const capture = make(path)
    for (const frame of [call(7), result(7, start + 12)]) capture.append(frame)
    capture.close()
    return path
  }

  /** As an older version has left it. */
  function withoutPackets(path: string): string {
    const database = new DatabaseSync(path)
    database.exec(
      'DROP VIEW decoded; DROP TABLE packet; DROP TABLE packet_shape; DROP TABLE decoding; VACUUM',
    )
    database.close()
    return path
  }

  it('is as its endpoint asks, while it is recorded and when it is opened again', () => {
    const asks = [
      [{ decode: 'off' }, []],
      [{ pair: { request: 'id', reply: 'id' } }, ['request json', 'reply json']],
    ] as const
    for (const [n, [fields, words]] of asks.entries()) {
      const path = join(folder(), `asked${n}.lifeline`)
      const endpoint = { ...recorded.endpoint, ...fields }
      const capture = createCapture({ ...recorded, endpoint, path, limits: defaultLimits })
      for (const frame of [call(7), result(7, start + 12)]) capture.append(frame)
      const written = wordsOf(capture)
      capture.close()
      const opened = openDecoded(withoutPackets(path))
      assert.deepEqual([written, wordsOf(opened)], [words, words])
      opened.close()
    }
  })

  it('is there in the rows that are read while it is written, in memory and in a file', () => {
    for (const path of [null, join(folder(), 'live.lifeline')]) {
      const capture = make(path)
      capture.append(call(7))
      assert.deepEqual(packetsOf(capture), [[1, 'request m7']])
      capture.append(result(7, start + 12))
      assert.deepEqual(packetsOf(capture), pair)
      assert.equal(capture.rows(everything, 0, 1).undecoded, undefined)
      capture.close()
    }
  })

  it('stands in the file when the session has ended, and is taken from there', () => {
    const path = record('ended.lifeline')
    const database = new DatabaseSync(path)
    const rows = database.prepare('SELECT seq, ix, type, answered_seq FROM decoded').all()
    assert.deepEqual(
      rows.map((row) => Object.values(row)),
      [
        [1, 0, 'request', 2],
        [2, 0, 'result', null],
      ],
    )
    database.exec(`UPDATE packet_shape SET name = 'from the table'`)
    database.close()
    const capture = openCapture(path)
    assert.match(String(packetsOf(capture)[0]?.[1]), /from the table/)
    assert.equal(capture.decode(0), true)
    capture.close()
  })

  it('is decoded anew in a capture of before, which stays as it was', () => {
    const path = withoutPackets(record('older.lifeline'))
    const before = readFileSync(path)
    chmodSync(path, 0o400)
    const capture = openDecoded(path)
    assert.deepEqual(packetsOf(capture), pair)
    assert.deepEqual(
      [...capture.entries(everything)].map(({ decoded }) => decoded?.length),
      [1, 1],
    )
    capture.close()
    assert.deepEqual(readFileSync(path), before)
  })

  it('is decoded anew where a killed session left it incomplete, or other decoders made it', () => {
    for (const change of [
      'DELETE FROM decoding',
      'UPDATE decoding SET up_to = 1',
      `UPDATE decoding SET decoders = 'others'`,
    ]) {
      const path = join(folder(), 'incomplete.lifeline')
      copyFileSync(record(`${change.replace(/\W/g, '')}.lifeline`), path)
      const database = new DatabaseSync(path)
      database.exec(`${change}; DELETE FROM packet WHERE seq = 2`)
      database.close()
      const capture = openDecoded(path)
      assert.deepEqual(packetsOf(capture), pair)
      capture.close()
    }
  })

  it('comes in slices: rows say that they may have packets later, and an export waits for them', () => {
    const path = join(folder(), 'long.lifeline')
    const capture = make(path)
    const count = 60_000
    for (let id = 1; id <= count; id++) capture.append(call(id))
    capture.append(result(count))
    capture.flush()
    assert.equal(capture.decode(0), false)
    const [last] = capture.rows(everything, count, 1).rows
    assert.equal(last?.decoded, undefined)
    assert.equal(capture.rows(everything, count, 1).undecoded, true)
    const [first] = capture.entries({ ...everything, text: 'result' })
    assert.equal(first?.decoded?.[0]?.answers, count)
    assert.equal(capture.rows(everything, count, 1).undecoded, undefined)
    capture.close()
  })

  it('is decoded anew in the file that a lost capture goes on in', () => {
    const path = join(folder(), 'lost.lifeline')
    const capture = make(path)
    capture.append(call(7))
    capture.flush()
    assert.deepEqual(packetsOf(capture), [[1, 'request m7']])
    rmSync(path)
    assert.match(String(moveIfLost(capture)), /goes on in/)
    capture.append(result(7, start + 12))
    assert.deepEqual(packetsOf(capture), pair)
    capture.close()
  })

  it('is what was said before reconnecting, of each connection by itself', () => {
    const capture = make(null)
    capture.append(call(7))
    capture.append({ ...result(7), connection: 2 } as NewFrame)
    assert.deepEqual(packetsOf(capture), [
      [1, 'request m7'],
      [2, 'result'],
    ])
    capture.close()
  })

  it('has messages of many pieces', () => {
    const capture = make(null)
    const long = 'x'.repeat(100_000)
    capture.append(textMessage(`{"jsonrpc":"2.0","method":"long","params":["${long}"]}`))
    assert.deepEqual(packetsOf(capture), [[1, 'notification long']])
    capture.close()
  })
})

describe('packets in a capture of others', () => {
  const folder = useFolder()

  function crafted(name: string, sql: string): Capture {
    const path = join(folder(), name)
    const capture = createCapture({ ...recorded, path, limits: defaultLimits })
    for (const frame of [call(7), result(7, start + 12)]) capture.append(frame)
    capture.close()
    const database = new DatabaseSync(path)
    database.exec(sql)
    database.close()
    return openDecoded(path)
  }

  it('are none where the rows hold something else', () => {
    const capture = crafted(
      'odd.lifeline',
      `PRAGMA ignore_check_constraints = ON;
       UPDATE packet_shape SET level = 'else' WHERE type = 'request';
       UPDATE packet_shape SET name = x'00ff', body = x'20' WHERE type = 'result';
       UPDATE packet SET key = zeroblob(100000), answers_seq = 'x', answered_seq = -1, summary = x'20', flaw = x'20'
         WHERE seq = 2`,
    )
    assert.deepEqual(
      capture.rows(everything, 0, 2).rows.map(({ decoded }) => decoded),
      [undefined, [{ protocol: 'json-rpc', type: 'result', level: 'app' }]],
    )
    capture.close()
  })

  it('are none where what they have in common is missing', () => {
    const capture = crafted(
      'shapeless.lifeline',
      `UPDATE packet SET shape = 99 WHERE seq = 1; UPDATE packet SET shape = 'x' WHERE seq = 2`,
    )
    assert.deepEqual(packetsOf(capture), [[1], [2]])
    assert.equal(capture.rows({ ...everything, text: 'm7' }, 0, 9).rows.length, 1)
    capture.close()
  })

  it('are decoded anew where the table is one of before, and has no places of contents', () => {
    const capture = crafted(
      'before.lifeline',
      'DROP VIEW decoded; ALTER TABLE packet_shape DROP COLUMN body',
    )
    const bodies = capture.rows(everything, 0, 2).rows.map(({ decoded }) => decoded?.[0]?.body)
    assert.deepEqual(bodies, [undefined, '$.result'])
    capture.close()
  })

  it('are at most as many as a frame can have', () => {
    const capture = crafted(
      'many.lifeline',
      `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
       INSERT INTO packet (seq, ix, shape) SELECT 1, i, 1 FROM n`,
    )
    assert.equal(capture.rows(everything, 0, 1).rows[0]?.decoded?.length, 201)
    capture.close()
  })

  it('are not read from a view or another table of that name', () => {
    const endless = `WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq FROM n) SELECT * FROM n`
    for (const sql of [
      `DROP VIEW decoded; CREATE VIEW decoded AS ${endless}`,
      'DROP VIEW decoded; CREATE TABLE decoded (seq, ix)',
      `DROP TABLE packet; CREATE VIEW packet AS ${endless}`,
      `DROP TABLE packet_shape; CREATE VIEW packet_shape AS ${endless}`,
    ]) {
      const capture = crafted(`v${sql.length}.lifeline`, sql)
      assert.deepEqual(packetsOf(capture), pair)
      capture.close()
    }
  })
})
