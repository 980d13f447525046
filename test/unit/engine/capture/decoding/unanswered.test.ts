import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { createCapture, openCapture } from '../../../../../src/engine/capture/capture.ts'
import { withUnanswered } from '../../../../../src/engine/capture/decoding/unanswered.ts'
import type { Frame } from '../../../../../src/shared/frame/frame.ts'
import type { Packet } from '../../../../../src/shared/frame/packet.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import { recorded, start, withFolder } from '../../../../support/captures/captureFrames.ts'
import { call, everything, result } from '../../../../support/captures/jsonRpcFrames.ts'

const asked: Packet = { protocol: 'json-rpc', type: 'request', level: 'app', asks: true }
const frame = (kind: string, connection = 1) => ({ kind, connection, at: start }) as Frame

describe('a request without an answer', () => {
  const tell = (of: Frame, last: Frame, afterMs: number, isLive = true) =>
    withUnanswered(
      of,
      [asked, { ...asked, answeredBy: 9 }, { ...asked, asks: undefined } as never],
      {
        last: { ...last, at: start + 3 } as Frame,
        now: start + afterMs,
        isLive,
      },
    ).map(({ unanswered }) => unanswered ?? null)

  it('is told after ten seconds, and other packets are left as they are', () => {
    const message = frame('message')
    assert.deepEqual(tell(message, message, 9999), [null, null, null])
    assert.deepEqual(tell(message, message, 10_000), [{ ms: 10_000, over: false }, null, null])
  })

  it('is told at once where none can come any more', () => {
    const over = [{ ms: 3, over: true }, null, null]
    assert.deepEqual(tell(frame('message'), frame('end'), 5), over)
    assert.deepEqual(tell(frame('message'), frame('message', 2), 5), over)
    assert.deepEqual(tell(frame('message'), frame('message'), 5, false), over)
    // Polls may overlap: the next one says nothing.
    assert.deepEqual(tell(frame('request'), frame('request', 2), 5), [null, null, null])
  })

  it('is told in the rows of a capture, once all of it is decoded', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = createCapture({ ...recorded, path, limits: defaultLimits })
      for (const one of [call(1), call(2), result(2, start + 20)]) capture.append(one)
      const told = (from: typeof capture) =>
        from.rows(everything, 0, 9).rows.map(({ decoded }) => decoded?.[0]?.unanswered ?? null)
      assert.deepEqual(told(capture), [null, null, null])
      capture.close()
      const opened = openCapture(path)
      assert.deepEqual(told(opened), [{ ms: 20, over: true }, null, null])
      opened.close()
    }))
})
