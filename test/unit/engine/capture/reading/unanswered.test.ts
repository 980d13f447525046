import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { createCapture, openCapture } from '../../../../../src/engine/capture/capture.ts'
import { withUnanswered } from '../../../../../src/engine/capture/reading/unanswered.ts'
import { packetWords } from '../../../../../src/shared/frame/describePackets.ts'
import type { Frame } from '../../../../../src/shared/frame/frame.ts'
import type { Packet } from '../../../../../src/shared/frame/packet.ts'
import { defaultLimits } from '../../../../../src/shared/limits.ts'
import {
  recorded,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { call, everything, result } from '../../../../support/captures/jsonRpcFrames.ts'
import { wholeAnalysis } from '../../../../support/captures/wholeAnalysis.ts'

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

  it('waits anew from what last told of its progress, and no longer once it is called off', () => {
    const message = frame('message')
    const progress = { ...asked, progress: { seq: 5, at: start + 6000 } }
    const told = (afterMs: number, packet: Packet) =>
      withUnanswered(message, [packet], { last: message, now: start + afterMs, isLive: true })[0]
        ?.unanswered ?? null
    assert.equal(told(15_999, progress), null)
    assert.deepEqual(told(16_000, progress), { ms: 10_000, over: false })
    assert.equal(told(60_000, { ...asked, cancelledBy: 7 }), null)
  })

  it('is told as cancelled, or by its progress, in the rows of a capture that is read again', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = createCapture({ ...recorded, path, limits: defaultLimits })
      const say = (direction: 'in' | 'out', part: object, at: number) => {
        const message = textMessage(JSON.stringify({ jsonrpc: '2.0', ...part }), start + at)
        capture.append({ ...message, direction } as typeof message)
      }
      const params = { name: 'index', _meta: { progressToken: 1 } }
      say('out', { id: 1, method: 'tools/call', params }, 0)
      say('in', { method: 'notifications/progress', params: { progressToken: 1 } }, 4000)
      say('in', { method: 'notifications/progress', params: { progressToken: 1 } }, 8000)
      say('out', { id: 2, method: 'tools/list' }, 8000)
      say('out', { method: 'notifications/cancelled', params: { requestId: 2 } }, 9000)
      const scope = { afterSeq: 0 }
      const waiting = wholeAnalysis(capture, 'decodedNumbers', scope).names.map(
        ({ name, unanswered }) => `${name} ${unanswered}`,
      )
      assert.ok(waiting.includes('tools/list 0') && waiting.includes('tools/call index 1'))
      capture.close()
      const opened = openCapture(path)
      const packets = opened.rows(everything, 0, 9).rows.map(({ decoded }) => decoded?.[0])
      const [call, , , list, cancel] = packets
      assert.deepEqual(call?.progress, { seq: 3, at: start + 8000 })
      assert.deepEqual(call?.unanswered, { ms: 1000, over: true })
      assert.deepEqual([list?.cancelledBy, list?.unanswered], [5, undefined])
      assert.equal(cancel?.cancels, 4)
      assert.equal(packetWords([list as Packet]), '▸ tools/list #2 · cancelled')
      const numbers = wholeAnalysis(opened, 'decodedNumbers', scope).names
      assert.equal(numbers.find(({ name }) => name === 'tools/list')?.unanswered, 0)
      opened.close()
    }))

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
