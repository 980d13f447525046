// Frames that need not be decoded are passed over, and those that have to be are asked for.

import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { createCapture } from '../../../../../src/engine/capture/capture.ts'
import type { NewFrame } from '../../../../../src/shared/frame/frame.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import {
  binaryMessage,
  moveIfLost,
  recorded,
  request,
  response,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import {
  call,
  companion,
  everything,
  packetsOf,
  result,
} from '../../../../support/captures/jsonRpcFrames.ts'

const make = (path: string | null) => createCapture({ ...recorded, path, limits: defaultLimits })

describe('what is decoded among other traffic', () => {
  it('is asked for when frames come, once until all is decoded, and not for other traffic', () => {
    const capture = make(null)
    let told = 0
    capture.onUndecoded(() => told++)
    const record = (...frames: NewFrame[]) => {
      for (const frame of frames) capture.append(frame)
      capture.flush()
      return told
    }
    assert.equal(record(call(1)), 1)
    assert.equal(record(result(1), call(2)), 1)
    assert.equal(capture.decode(1000), true)
    assert.equal(record(call(3)), 2)
    assert.equal(capture.decode(1000), true)
    const other = { ...textMessage('12345', start), connection: 2 }
    assert.equal(record(...Array<NewFrame>(10).fill(other)), 3)
    assert.equal(capture.decode(1000), true)
    assert.equal(record(other, other), 3)
    capture.close()
  })

  it('is complete where the time to decode ends with the last frame, and others come later', () => {
    const capture = make(null)
    const told = [call(1), result(1, start + 12), call(2)].map((frame) => {
      capture.append(frame)
      capture.flush()
      // Each time is over once a frame is decoded.
      while (!capture.decode(0));
      return packetsOf(capture).at(-1)
    })
    assert.deepEqual(told, [
      [1, 'request m1'],
      [2, 'result m1 1 12'],
      [3, 'request m2'],
    ])
    capture.close()
  })

  it('is behind by nothing while other traffic is passed over, however much came', () => {
    const capture = make(null)
    const flood = (count: number) => {
      for (let index = 0; index < count; index++) capture.append(textMessage('12345', start))
      capture.flush()
    }
    flood(10)
    assert.equal(capture.decode(1000), true)
    flood(6000)
    assert.equal(capture.rows(everything, 6000, 5).undecoded, undefined)
    assert.equal(capture.decode(0), true)
    capture.close()
  })

  it('is found behind a flood of other traffic that is passed over, once a companion request tells of it', () => {
    const capture = make(null)
    const flood = (count: number) => {
      for (let index = 0; index < count; index++) capture.append(textMessage('12345', start))
    }
    flood(10)
    capture.decode(1000)
    flood(1000)
    assert.equal(capture.decode(1000), true)
    flood(10)
    capture.append(companion(`{"jsonrpc":"2.0","method":"m1","id":1}`))
    capture.append(result(1))
    flood(1)
    assert.equal(capture.decode(1000), true)
    assert.deepEqual(packetsOf(capture, 1020), [
      [1021, 'request m1 1022'],
      [1022, 'result m1 1021 0'],
      [1023],
    ])
    capture.close()
  })

  it('is not passed over where a lost capture goes on, though what came before it is not decoded anew yet', () =>
    withFolder((folder) => {
      const path = join(folder, 'lost-flood.lifeline')
      const capture = make(path)
      const count = 30_000
      for (let index = 0; index < count; index++) capture.append(textMessage('12345', start))
      capture.append(companion(`{"jsonrpc":"2.0","method":"m1","id":1}`))
      capture.flush()
      assert.equal(capture.decode(10_000), true)
      rmSync(path)
      assert.match(String(moveIfLost(capture)), /goes on in/)
      assert.equal(capture.decode(0), false)
      capture.append(result(1))
      capture.flush()
      assert.equal(capture.decode(10_000), true)
      assert.deepEqual(packetsOf(capture, count), [
        [count + 1, `request m1 ${count + 2}`],
        [count + 2, `result m1 ${count + 1} 0`],
      ])
      capture.close()
    }))

  it('is told apart by an answer whose detail is too long to be read with its row', () => {
    const capture = make(null)
    const long: [string, string][] = [
      ['x-long', 'x'.repeat(10_000)],
      ['sec-websocket-protocol', 'mqtt'],
    ]
    capture.append(request('ws://localhost/', []))
    capture.append(response(long, null))
    capture.append(binaryMessage(Uint8Array.of(0xd0, 0)))
    assert.equal(capture.decode(1000), true)
    assert.deepEqual(packetsOf(capture, 2), [[3, 'PINGRESP']])
    capture.close()
  })
})
