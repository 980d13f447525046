import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')

type Step = readonly ['in' | 'out', string | Uint8Array]

/** In JSON `|` stands for the record separator. */
function decode(...steps: readonly Step[]) {
  const frames = createDataFrames()
  const samples = steps.map(([direction, data]) =>
    frames.message(direction, typeof data === 'string' ? data.replaceAll('|', '\x1e') : data),
  )
  return decodeAll(createDecoding(), samples).map(({ packet }) => packet)
}

const json: Step = ['out', '{"protocol":"json","version":1}|']

describe('SignalR from a peer that breaks its rules', () => {
  it('tells flaws', () => {
    const flaws = decode(
      json,
      ['in', '{"type":3,"invocationId":"9","result":1}|'],
      ['in', '{"type":3,"result":1,"error":"e"}|'],
      ['in', '{"type":1,"arguments":{}}|'],
      ['in', '{"type":12}|'],
      ['in', '[]|'],
      ['in', 'nonsense|'],
      ['in', '{"type":6}'],
      ['in', hex('05 91 06')],
      ['in', hex('ff ff ff ff ff 07')],
      ['in', hex('02 c1 06')],
      ['in', hex('01 06')],
      ['in', hex('03 91 06 06')],
    )
      .slice(1)
      .map(({ flaw }) => flaw)
    assert.deepEqual(flaws, [
      'No invocation or stream with this ID is open.',
      'It has no invocation ID. It has both a result and an error.',
      'It has no target. Its arguments are no array.',
      'It is of no known type: 12.',
      'A message is an object.',
      'It is no JSON.',
      'No record separator ends it.',
      'Only 2 of a message’s 5 bytes are there.',
      'The length of a message is longer than five bytes, or cut.',
      'The byte c1, which is never used, stands at byte 0.',
      'A message is an array that begins with its type.',
      'It ends before its length says.',
    ])
  })

  it('does not blame answers whose invocations nobody could read', () => {
    const [, , answer] = decode(
      json,
      ['out', 'nonsense|'],
      ['in', '{"type":3,"invocationId":"9","result":1}|'],
    )
    assert.equal(answer?.flaw, undefined)
  })

  it('claims nothing that only ends alike, or looks alike', () => {
    const fits = (data: string | Uint8Array) => {
      const frames = createDataFrames()
      return decodeAll(createDecoding(), [frames.message('in', data)]).length > 0
    }
    for (const data of [
      '{"type":6}',
      '{"type":"ping"}\x1e',
      '{"type":1}\x1e',
      '{"a":1}\x1e',
      '\x1e{"type":6}',
      hex('02 91 06'),
    ]) {
      assert.ok(!fits(data), String(data))
    }
    assert.ok(fits('{"type":6}\x1e'))
  })

  it('may end a frame anywhere, and send lengths that are not there', () => {
    const whole = hex('11 96 01 80 a3 78 79 7a a6 6d 65 74 68 6f 64 91 2a 90')
    for (let length = 1; length < whole.length; length++) {
      const [, packet] = decode(json, ['out', whole.subarray(0, length)])
      assert.deepEqual([packet?.type, typeof packet?.flaw], ['invalid', 'string'])
    }
    const [, huge] = decode(json, ['in', hex('ff ff ff ff 07 91')])
    assert.equal(huge?.flaw, 'Only 1 of a message’s 2,147,483,647 bytes are there.')
  })

  it('may send messages and streams without end: the rest is counted, the oldest are forgotten', () => {
    const packets = decode(json, ['in', '{"type":6}|'.repeat(5000)]).slice(1)
    assert.equal(packets.length, decodeLimits.packets + 1)
    assert.equal(packets.at(-1)?.name, '1,000 or more not decoded')
    const ids = (from: number) =>
      JSON.stringify(Array.from({ length: 150 }, (_, i) => `${from + i}`))
    const calls = Array.from(
      { length: 100 },
      (_, i): Step => [
        'out',
        `{"type":1,"target":"T","arguments":[],"streamIds":${ids(i * 150)}}|`,
      ],
    )
    const item = (id: number): Step => ['out', `{"type":2,"invocationId":"${id}","item":1}|`]
    const [first, last] = decode(json, ...calls, item(0), item(14_999)).slice(-2)
    assert.deepEqual([first?.name, last?.name], [undefined, 'T'])
  })

  it('may have names and IDs of any length: they are cut', () => {
    const long = 'x'.repeat(100_000)
    const [, call, answer] = decode(
      json,
      ['out', `{"type":1,"invocationId":"${long}","target":"${long}","arguments":["${long}"]}|`],
      ['in', `{"type":3,"invocationId":"${long}","error":"${long}"}|`],
    )
    for (const text of [call?.name, call?.key, call?.summary, answer?.key, answer?.summary]) {
      assert.ok(text && text.length <= decodeLimits.wordChars, `${text?.length}`)
    }
  })

  it('takes linear time for a frame of many messages', () => {
    assertLinear(2000, (count) => decode(json, ['in', Buffer.alloc(2 * count, hex('02 91'))]))
  })
})
