// A batch writes the same frames, alike or not.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createBatchWriter } from '../../../../../src/engine/capture/writing/batchWriter.ts'
import { makeCaptureFile } from '../../../../../src/engine/capture/writing/captureFile.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import {
  binaryMessage,
  sseEvent,
  start,
  textMessage,
} from '../../../../support/captures/captureFrames.ts'

const message = (n: number): NewFrame => ({
  ...textMessage(`message ${n}`, start + n),
  wireBytes: n,
})

/** Each differs from a message in one way that its row must tell. */
const others: Readonly<Record<string, NewFrame>> = {
  'of another connection': { ...message(0), connection: 2 },
  'an answer': { ...message(0), replyTo: 3 },
  'of another detail': binaryMessage(Uint8Array.of(1, 2)),
  'of a detail of its own': { ...message(0), detail: { ...message(0).detail } as never },
  'of another kind': sseEvent('trade', '{}'),
  'of another direction': { ...message(0), direction: 'out' },
  'without a payload': { ...message(0), payload: null },
  long: binaryMessage(new Uint8Array(100_000).fill(7)),
}

/** What stands in the file, as the frames were. */
function written(batches: readonly (readonly NewFrame[])[]): unknown[] {
  const database = makeCaptureFile(null)
  const writer = createBatchWriter(database)
  let next = 1
  for (const batch of batches) {
    writer.write(batch, next)
    next += batch.length
  }
  const rows = database
    .prepare(
      `SELECT f.seq, f.at, connection, size_bytes AS sizeBytes, wire_bytes AS wireBytes, reply_to AS replyTo,
         kind, direction, code, coalesce(f.detail, s.detail) AS detail, payload
       FROM frame f JOIN shape s ON s.id = f.shape ORDER BY f.seq`,
    )
    .all()
  database.close()
  return rows.map((row) => ({ ...row }))
}

const asWritten = (frame: NewFrame, index: number) => ({
  seq: index + 1,
  at: frame.at,
  connection: frame.connection,
  sizeBytes: frame.sizeBytes,
  wireBytes: frame.wireBytes,
  replyTo: frame.replyTo,
  kind: frame.kind,
  direction: frame.direction,
  code: frame.code,
  detail: JSON.stringify(frame.detail),
  payload: frame.payload && new Uint8Array(frame.payload.subarray(0, 16_384)),
})

describe('a batch', () => {
  for (const [what, other] of Object.entries(others)) {
    it(`writes one frame ${what} among others as it is, wherever it stands`, () => {
      for (const at of [0, 1, 25, 49, 50, 99, 100, 119]) {
        const frames = Array.from({ length: 120 }, (_, n) => (n === at ? other : message(n)))
        assert.deepEqual(written([frames, frames]), [...frames, ...frames].map(asWritten))
      }
    })
  }

  it('writes runs of many connections as they are', () => {
    const frames = Array.from({ length: 3000 }, (_, n) => ({
      ...message(n),
      connection: 1 + (Math.floor(n / 50) % 20),
    }))
    assert.deepEqual(written([frames]), frames.map(asWritten))
  })
})
