// The figures of decoded packets: by name, with the time to the answers, as far as frames are decoded.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { createDecodedNumbers } from '../../../../src/engine/analyses/decodedNumbers.ts'
import { type Capture, openCapture } from '../../../../src/engine/capture/capture.ts'
import type { Packet } from '../../../../src/shared/frame/packet.ts'
import type { AnalysisScope } from '../../../../src/shared/session/analysisResults.ts'
import { start, textMessage, withFolder } from '../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../support/captures/captures.ts'
import { wholeAnalysis } from '../../../support/captures/wholeAnalysis.ts'
import { sampleJsonRpc } from '../../../support/samples/sampleJsonRpc.ts'

const whole = (capture: Capture, scope: AnalysisScope) =>
  wholeAnalysis(capture, 'decodedNumbers', scope)

describe('the numbers of what is decoded', () => {
  it('count calls by name, their failures, and the time to their answers', () => {
    const fold = createDecodedNumbers()
    for (const { frame, decoded } of sampleJsonRpc) if (decoded) fold.addPackets(decoded, frame.seq)
    const { packets, flawed, names } = fold.result()
    const told = names.map(({ name, count, failed, answered }) => [
      name,
      count,
      failed,
      answered?.most,
    ])
    assert.deepEqual(told.filter(([, count]) => count === 1).slice(0, 4), [
      ['initialize', 1, 0, 12],
      ['notifications/initialized', 1, 0, undefined],
      ['tools/call', 1, 1, 13.25],
      ['roots/list', 1, 0, 0.25],
    ])
    assert.ok(names.every(({ protocol }) => protocol === 'json-rpc'))
    assert.equal(flawed, 2)
    assert.ok(packets >= 15, `${packets}`)
    assert.equal(names.find(({ name }) => name === 'tools/call')?.answered?.mostSeq, 7)
  })

  it('count what has an answer of another name as answered', () => {
    const fold = createDecodedNumbers()
    const beat = { protocol: 'mqtt', level: 'heartbeat' } as const
    for (let seq = 1; seq < 9; seq += 2) {
      fold.addPackets([{ ...beat, type: 'PINGREQ', asks: true }], seq)
      fold.addPackets([{ ...beat, type: 'PINGRESP', answers: seq, latencyMs: 2 }], seq + 1)
    }
    fold.addPackets([{ ...beat, type: 'PINGREQ', asks: true }], 9)
    const told = fold.result().names.map(({ name, unanswered }) => [name, unanswered])
    assert.deepEqual(told, [
      ['PINGREQ', 1],
      ['PINGRESP', 0],
    ])
  })

  it('count those that no answer has come to, and no more once it has', () => {
    const fold = createDecodedNumbers()
    const asked = { protocol: 'json-rpc', type: 'request', level: 'app', asks: true } as const
    const waiting = () =>
      Object.fromEntries(fold.result().names.map(({ name, unanswered }) => [name, unanswered]))
    fold.addPackets(
      [
        { ...asked, name: 'a' },
        { ...asked, name: 'b' },
      ],
      1,
    )
    fold.addPackets([{ ...asked, name: 'a', answeredBy: 9 }], 2)
    fold.addPackets([{ ...asked, name: 'a' }], 3)
    assert.deepEqual(waiting(), { a: 2, b: 1 })
    const answer = { ...asked, type: 'result', name: 'a', asks: undefined, latencyMs: 4 }
    fold.addPackets([{ ...answer, answers: 1 }] as never, 4)
    fold.addPackets([{ ...answer, answers: 2 }] as never, 9)
    assert.deepEqual(waiting(), { a: 1, b: 1 })
  })

  it('count no call as waiting that is called off, before or after it was counted', () => {
    const fold = createDecodedNumbers()
    const call = { protocol: 'mcp', type: 'request', level: 'app', asks: true, name: 'a' } as const
    const cancel = { protocol: 'mcp', type: 'notification', level: 'control' } as const
    fold.addPackets([call], 1)
    fold.addPackets([{ ...call, cancelledBy: 3 }], 2)
    fold.addPackets([{ ...cancel, name: 'cancelled', cancels: 2 }], 3)
    assert.equal(fold.result().names.find(({ name }) => name === 'a')?.unanswered, 1)
    fold.addPackets([{ ...cancel, name: 'cancelled', cancels: 1 }], 4)
    assert.deepEqual(
      fold.result().names.map(({ unanswered }) => unanswered),
      [0, 0],
    )
  })

  it('count each answer of a model as one call, whatever number of chunks it came in', () => {
    const fold = createDecodedNumbers()
    let seq = 0
    const add = (protocol: string, type: string, more: Partial<Packet> = {}) =>
      fold.addPackets([{ protocol, type, level: 'app', ...more }], ++seq)
    for (let nth = 0; nth < 3; nth++) {
      add('openai-chat', 'request', { name: 'm-1', asks: true })
      add('openai-chat', 'role assistant', { name: 'm-1', answers: seq, latencyMs: 300 })
      for (let i = 0; i < 20; i++) add('openai-chat', 'text', { summary: '“w”' })
      add('openai-chat', 'tool', { name: 'get_weather', summary: '“{”' })
      if (nth === 2) add('openai-chat', 'error', { summary: 'Busy' })
      else add('openai-chat', 'finish', { summary: 'stop' })
      add('openai-chat', 'usage', { summary: '20 tokens' })
      add('openai-chat', 'done', { level: 'control' })
    }
    // Of these no request was seen.
    for (let nth = 0; nth < 2; nth++) {
      add('ai-sdk', 'start', { level: 'control' })
      for (let i = 0; i < 20; i++) add('ai-sdk', 'text', { summary: '“w”' })
      add('ai-sdk', 'ping', { level: 'heartbeat' })
      add('ai-sdk', 'finish', { summary: 'stop' })
      add('ai-sdk', 'done', { level: 'control' })
    }
    const told = fold
      .result()
      .names.map(({ protocol, name, count, failed, unanswered, answered }) =>
        [protocol, name, count, failed, unanswered, answered?.count ?? 0].join(' '),
      )
    assert.deepEqual(told, ['openai-chat m-1 3 1 0 3', 'ai-sdk text 2 0 0 0'])
    assert.equal(fold.result().packets, seq)
  })

  it('are the same of a capture while it is recorded and when it is read again, and of a filter', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.db')
      const capture = startCapture(path)
      const scope = { afterSeq: 0 }
      for (let id = 1; id <= 300; id++) {
        const method = id % 3 === 0 ? 'slow' : 'quick'
        const at = start + id * 10
        const ask = textMessage(JSON.stringify({ jsonrpc: '2.0', id, method }), at)
        capture.append({ ...ask, direction: 'out' })
        const answer = JSON.stringify({ jsonrpc: '2.0', id, result: method })
        capture.append(textMessage(answer, at + (id % 3 === 0 ? 5 : 1)))
      }
      const live = whole(capture, scope)
      assert.deepEqual(
        live.names.map(({ name, count, answered }) => [
          name,
          count,
          answered?.count,
          answered?.p50,
        ]),
        [
          ['quick', 200, 200, 1],
          ['slow', 100, 100, 5],
        ],
      )
      capture.close()
      const opened = openCapture(path)
      assert.deepEqual(whole(opened, scope), live)
      const slow = whole(opened, { ...scope, filter: { text: 'slow', wire: false } })
      assert.deepEqual(
        slow.names.map(({ name, count }) => [name, count]),
        [['slow', 100]],
      )
      assert.deepEqual(whole(opened, { afterSeq: 10, untilSeq: 12 }).packets, 2)
      opened.close()
    }))
})
