// docs/capture-format.md says what is in the file, and its queries run.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import { writeCapture } from '../../../../../src/engine/capture/capture.ts'
import {
  inlineBytes,
  pieceRowBytes,
  schemaVersion,
} from '../../../../../src/engine/capture/format/schema.ts'
import { makeCaptureFile } from '../../../../../src/engine/capture/writing/captureFile.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import { version } from '../../../../../src/shared/version.ts'
import {
  binaryMessage,
  endFrame,
  errorFrame,
  recorded,
  request,
  response,
  sseEvent,
  textMessage,
} from '../../../../support/captures/captureFrames.ts'

const root = new URL('../../../../../', import.meta.url)
const text = readFileSync(new URL('docs/capture-format.md', root), 'utf8')

function onConnection2(text: string, direction: 'in' | 'out'): NewFrame {
  return { ...textMessage(text), direction, connection: 2 } as NewFrame
}

function withRows(): DatabaseSync {
  const database = makeCaptureFile(null)
  const capture = writeCapture(database, { path: null, ...recorded, limits: defaultLimits })
  for (const frame of [
    binaryMessage(new Uint8Array(200_000).fill(7)),
    request('http://h/', []),
    response([], Buffer.from('x'), 2),
    sseEvent('trade', '{"price":12.5}'),
    errorFrame('connection-reset', 'gone'),
    onConnection2('{"jsonrpc":"2.0","method":"add","id":1}', 'out'),
    onConnection2('{"jsonrpc":"2.0","result":3,"id":1}', 'in'),
    endFrame('Disconnected.'),
  ]) {
    capture.append(frame)
  }
  capture.bookmark(4, 'worth it')
  capture.flush()
  while (!capture.decode(1000));
  return database
}

describe('the description of the capture file', () => {
  const queries = [...text.matchAll(/```sql\n(.*?)```/gs)]
    .flatMap(([, block = '']) => block.split(/;\s*(?:\n|$)/))
    .map((query) => query.trim())
    .filter((query) => query !== '')

  it('has queries', () => assert.ok(queries.length >= 5, `${queries.length}`))

  for (const query of queries) {
    const [title = '', ...lines] = query.split('\n')
    it(`has a query that finds something: ${title.replace('-- ', '')}`, () => {
      const database = withRows()
      // The shell has `writefile`; here the bytes themselves are the answer.
      const sql = lines
        .join('\n')
        .replace(/writefile\('payload.bin', (.*)\) FROM \(/, '$1 AS file FROM (')
      const rows = database.prepare(sql).all()
      assert.ok(rows.length > 0)
      const { file } = rows[0] ?? {}
      if (file instanceof Uint8Array) assert.deepEqual(file, new Uint8Array(200_000).fill(7))
      database.close()
    })
  }

  it('names every column of the tables and of the view', () => {
    const database = withRows()
    const tables = ['frame', 'shape', 'piece', 'session', 'packet', 'decoding', 'overview']
    for (const table of ['frames', 'decoded', ...tables]) {
      for (const { name } of database.prepare(`PRAGMA table_info(${table})`).all()) {
        if (name !== 'id') assert.ok(text.includes(`\`${name}\``), `${table}.${name}`)
      }
    }
    database.close()
  })

  it('has the numbers of the code', () => {
    const grouped = (bytes: number) => bytes.toLocaleString('en-US')
    assert.ok(text.includes(`first ${grouped(inlineBytes)}`))
    assert.ok(text.includes(`${grouped(pieceRowBytes)} bytes`))
    assert.ok(text.includes(`version of this format: **${schemaVersion}**`))
    assert.ok(text.includes(`${grouped(defaultLimits.batchFrames)} frames`))
    assert.ok(text.includes(`${defaultLimits.batchMs} ms`))
  })
})

describe('version', () => {
  it('is that of the manifest', () => {
    const manifest: unknown = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
    assert.ok(typeof manifest === 'object' && manifest !== null && 'version' in manifest)
    assert.equal(version, manifest.version)
  })
})
