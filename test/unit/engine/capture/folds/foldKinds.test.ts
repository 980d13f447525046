// Runs of a capture by what they are of, with what is told of each.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import type { Capture } from '../../../../../src/engine/capture/capture.ts'
import { createFoldColumns } from '../../../../../src/engine/capture/folds/foldColumns.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import type { Fold, FoldLevel } from '../../../../../src/shared/session/captureRows.ts'
import {
  binaryMessage,
  errorFrame,
  sseEvent,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { startCapture, wholePage } from '../../../../support/captures/captures.ts'

const folding = (level: FoldLevel) => ({
  afterSeq: 0,
  text: '',
  wire: false,
  fold: { level, open: [] },
})

function foldsOf(capture: Capture, level: FoldLevel): readonly Fold[] {
  while (!capture.decode(50));
  const { rows } = wholePage(capture, folding(level), 0, 100)
  return rows.flatMap(({ fold }) => fold ?? [])
}

function record(frames: readonly NewFrame[]): Capture {
  const capture = startCapture()
  for (const frame of frames) capture.append(frame)
  return capture
}

const sent = (frame: NewFrame) => ({ ...frame, direction: 'out' }) as NewFrame
const call = (id: number, at: number) =>
  textMessage(`{"jsonrpc":"2.0","method":"ping","id":${id}}`, at)
const result = (id: number, at: number) =>
  textMessage(`{"jsonrpc":"2.0","result":{},"id":${id}}`, at)

describe('folds', () => {
  it('are found in steps that count the payloads which are compared', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'long.lifeline')
      const capture = startCapture(path)
      for (const length of [50_000, 50_000, 2_000_000, 7])
        capture.append(textMessage('x'.repeat(length)))
      capture.close()
      const database = new DatabaseSync(path, { readOnly: true })
      assert.equal(createFoldColumns(database).readBytes(0, 4), 100_007)
      database.close()
    })
  })

  it('are of what a decoder knows as heartbeats, with the round trip of what we asked', () => {
    const capture = record([
      sent(textMessage('{"jsonrpc":"2.0","method":"add","id":"a"}', start)),
      sent(call(1, start + 1000)),
      result(1, start + 1003),
      sent(call(2, start + 2000)),
      result(2, start + 2005),
      textMessage('{"jsonrpc":"2.0","result":3,"id":"a"}', start + 2100),
    ])
    const [fold, ...others] = foldsOf(capture, 'repeats')
    assert.deepEqual(others, [])
    assert.deepEqual(
      [fold?.what, fold?.firstSeq, fold?.lastSeq, fold?.count],
      ['heartbeats', 2, 5, 2],
    )
    assert.deepEqual(
      [fold?.roundTripMs?.least, fold?.roundTripMs?.most].map((ms) => Math.round(ms ?? 0)),
      [3, 5],
    )
    capture.close()
  })

  it('are of equal frames alone: one type, one size, one payload, however long', () => {
    const long = 'x'.repeat(100_000)
    const other = `${long.slice(0, -1)}y`
    const capture = record([
      sseEvent('tick', '{}', '1'),
      sseEvent('tick', '{}', '2'),
      sseEvent('tock', '{}', '3'),
      textMessage(long),
      textMessage(long),
      textMessage(other),
      textMessage(''),
      textMessage(''),
      textMessage('x'.repeat(2_000_000)),
      textMessage('x'.repeat(2_000_000)),
    ])
    const found = foldsOf(capture, 'repeats').map(({ what, firstSeq, lastSeq }) => [
      what,
      firstSeq,
      lastSeq,
    ])
    assert.deepEqual(found, [
      ['repeats', 1, 2],
      ['repeats', 4, 5],
      ['repeats', 7, 8],
    ])
    capture.close()
  })

  it('count the frames of a burst by event, by the type of JSON, or else as text or binary', () => {
    const texts = [
      '{"type":"trade"}',
      '{"type":"trade","x":1}',
      '{"type":7}',
      'no JSON',
      '{"a":{"type":"no"}}',
    ]
    const capture = record([
      ...texts.map((text, n) => textMessage(text, start + n)),
      binaryMessage(Buffer.of(1), start + texts.length),
      ...['tick', 'tick', 'tock', 'tick'].map((type, n) => ({
        ...sseEvent(type, `${n}`),
        at: start + 10 + n,
      })),
    ])
    const [fold] = foldsOf(capture, 'bursts')
    assert.equal(fold?.what, 'burst')
    assert.equal(fold.frames, 10)
    assert.deepEqual(fold.names, [
      { name: 'text', count: 3 },
      { name: 'tick', count: 3 },
      { name: 'trade', count: 2 },
      { name: 'binary', count: 1 },
      { name: 'tock', count: 1 },
    ])
    capture.close()
  })

  it('have no row for a silence that the error after it tells', () => {
    const gapsBefore = (code: string) => {
      const texts = [0, 10].map((ms) => textMessage(`${ms}`, start + ms))
      const capture = record([...texts, { ...errorFrame(code, 'm'), at: start + 60_000 }])
      const { rows } = wholePage(capture, { ...folding('repeats'), gapMs: 1000 }, 0, 100)
      capture.close()
      return rows.flatMap(({ gapMs }) => gapMs ?? [])
    }
    assert.deepEqual(gapsBefore('silence-timeout'), [])
    assert.deepEqual(gapsBefore('ws-no-pong'), [])
    assert.deepEqual(gapsBefore('ws-abnormal-close'), [59_990])
  })

  it('count heartbeats within a burst apart', () => {
    const texts = [0, 1, 2, 3, 4, 5, 6, 7].map((ms) => textMessage(`${ms}`, start + ms))
    const ping = { ...textMessage('', start + 8), kind: 'ping', detail: { masked: false } }
    const capture = record([...texts, ping as NewFrame])
    const [fold] = foldsOf(capture, 'bursts')
    assert.deepEqual([fold?.frames, fold?.kind, fold?.heartbeats], [9, 'message', 1])
    capture.close()
  })

  it('of a burst take over what repeated at its beginning, from the eighth frame on', () => {
    const capture = record([textMessage('a', start), textMessage('a', start + 1000)])
    const seen = () =>
      foldsOf(capture, 'bursts').map(
        ({ what, firstSeq, lastSeq }) => `${what} ${firstSeq}-${lastSeq}`,
      )
    for (let n = 1; n < 7; n++) capture.append(textMessage('a', start + 1000 + n))
    assert.deepEqual(seen(), ['repeats 1-8'])
    capture.append(textMessage('a', start + 1007))
    assert.deepEqual(seen(), ['burst 2-9'])
    capture.append(textMessage('a', start + 2000))
    capture.append(textMessage('a', start + 3000))
    assert.deepEqual(seen(), ['burst 2-9', 'repeats 10-11'])
    capture.close()
  })
})
