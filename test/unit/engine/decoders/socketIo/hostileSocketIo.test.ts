import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createDecoding } from '../../../../../src/engine/decoders/decoding.ts'
import { decodeLimits } from '../../../../../src/shared/limits.ts'
import { assertLinear } from '../../../../support/assertLinear.ts'
import { createDataFrames, decodeAll } from '../../../../support/samples/dataFrames.ts'

function decode(...texts: readonly (string | Uint8Array)[]) {
  const frames = createDataFrames()
  const samples = texts.map((text) => frames.message('in', text))
  return decodeAll(createDecoding('socket.io'), samples).map(({ packet }) => packet)
}

describe('Socket.IO from a hostile peer', () => {
  it('may have names, namespaces and ids of any length: they are cut, and such ids pair nothing', () => {
    const long = 'x'.repeat(100_000)
    const [event, far, digits] = decode(
      `42["${long}","${long}"]`,
      `42/${long},1["a"]`,
      `42${'1'.repeat(100_000)}["a"]`,
    )
    for (const text of [event?.name, event?.summary, far?.key, digits?.flaw]) {
      assert.ok(text && text.length <= decodeLimits.wordChars, `${text?.length}`)
    }
    assert.equal(digits?.flaw, 'Its content is no JSON.')
  })

  it('may nest as deep as it likes, and name prototypes', () => {
    const deep = '['.repeat(400_000) + ']'.repeat(400_000)
    const [nested, proto] = decode(`42["a",${deep}]`, '42["__proto__",{"__proto__":{"a":1}}]')
    assert.equal(nested?.summary, '[[[[…]]]]')
    assert.deepEqual([proto?.name, proto?.summary], ['__proto__', '{__proto__: {a: 1}}'])
  })

  it('may announce attachments that nobody can hold: only their number and sizes are kept', () => {
    const packets = decode(
      '4599999999-["a",{"_placeholder":true,"num":250}]',
      ...new Array(300).fill(Uint8Array.of(1)),
      '452-["b",{"_placeholder":true,"num":-1},{"_placeholder":true,"num":"constructor"}]',
      Uint8Array.of(1),
      Uint8Array.of(2),
    )
    assert.equal(packets[300]?.summary, '300 of 99,999,999 attachments, 1 B')
    const [, most] = decode('40', '4599999999999-["a"]')
    assert.equal(most?.flaw, 'It does not say how many attachments follow. Its content is no JSON.')
    assert.deepEqual(packets.at(-1)?.name, 'b')
    assert.match(packets.at(-1)?.summary ?? '', /_placeholder: true, num: -1/)
  })

  it('takes no longer than in proportion', () => {
    const bodies = (count: number) => '1:6'.repeat(count)
    assertLinear(40_000, (count) => {
      decode(`42/${'/'.repeat(count)}`, `42["a",${'{"a":'.repeat(count)}`, bodies(count))
    })
  })
})
