// Answers that are compared: JSON by what it says, hidden credentials as anything, what was cut as far as it goes.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  bodyDifference,
  headDifferences,
} from '../../../../src/engine/replay/client/answerDifference.ts'
import { fillBytes, isAsRecorded } from '../../../../src/engine/replay/client/filledText.ts'

const kept = (text: string | Uint8Array, isCut = false) => ({ bytes: Buffer.from(text), isCut })
const differs = (recorded: string, now: string) => bodyDifference(kept(recorded), kept(now))
const token = (before: string, after: string) => `${before}\${secret:token}${after}`

describe('answers that are compared', () => {
  it('are the same whatever the order of keys and the blanks of their JSON', () => {
    assert.equal(differs('{"a":1,"b":[1,{"c":2}]}', '{ "b": [1, {"c": 2}], "a": 1 }'), null)
  })

  it('differ by the paths of their JSON', () => {
    assert.equal(
      differs('{"a":1,"b":{"c":[1,2]},"gone":0}', '{"a":2,"b":{"c":[1,3]},"more":1}'),
      'a 1 → 2, b.c[1] 2 → 3, more is new, gone is missing',
    )
  })

  it('name only the first of many paths', () => {
    const many = (start: number) =>
      JSON.stringify(Array.from({ length: 9 }, (_, i) => start + i * 20))
    assert.match(differs(many(1), many(2)) ?? '', /\[4\] 81 → 82, 4 more$/)
  })

  it('are the same wherever the recorded one hides a credential', () => {
    assert.equal(differs(token('{"t":"', '","n":1}'), '{"t":"abc", "n":1}'), null)
    assert.equal(differs(token('{"t":"', '","n":1}'), '{"t":"abc","n":2}'), 'n 1 → 2')
    assert.equal(differs(token('t=', '&n=1'), 't=abc&n=1'), null)
  })

  it('tell where another text begins to differ', () => {
    assert.equal(differs('hello you', 'hello me'), 'from character 7 on “me” instead of “you”')
    assert.equal(differs('', 'x'), 'from character 1 on “x” instead of “”')
  })

  it('compare what is no text by its bytes', () => {
    const [one, other] = [Uint8Array.of(255, 1), Uint8Array.of(255, 2)]
    assert.equal(bodyDifference(kept(one), kept(other)), 'other bytes from byte 2 on')
    assert.equal(bodyDifference(kept(one), kept('x')), '1 bytes instead of 2')
  })

  it('compare what was cut as far as it was kept', () => {
    assert.equal(bodyDifference(kept('abc', true), kept('abcdef')), null)
    assert.notEqual(bodyDifference(kept('abx', true), kept('abcdef')), null)
  })

  it('survive JSON that is nested deep', () => {
    const deep = (end: string) => '['.repeat(40_000) + end + ']'.repeat(40_000)
    assert.equal(typeof differs(deep('1'), deep('2')), 'string')
  })

  it('differ by status and content type, without its parameters', () => {
    const head = (status: number, type: string) => ({
      status,
      headers: [['Content-Type', type]] as const,
    })
    assert.deepEqual(
      headDifferences(head(200, 'text/html'), head(200, 'text/html; charset=utf-8')),
      [],
    )
    assert.deepEqual(headDifferences(head(200, 'a/b'), { status: 500, headers: [] }), [
      'status 500 instead of 200',
      'content type none instead of a/b',
    ])
  })
})

describe('references in what is sent again', () => {
  const secrets = [{ name: 'token', value: 'a"b' }]

  it('become values, in JSON as JSON writes them', () => {
    const filled = (text: string) => Buffer.from(fillBytes(Buffer.from(text), secrets)).toString()
    assert.equal(filled(token('{"t":"', '"}')), '{"t":"a\\"b"}')
    assert.equal(filled(token('t=', '')), 't=a"b')
  })

  it('match a text once, at its ends too', () => {
    assert.equal(isAsRecorded(token('ab', 'bc'), 'abc'), false)
    assert.equal(isAsRecorded(token('ab', 'bc'), 'abxbc'), true)
    assert.equal(isAsRecorded(token('', ''), ''), true)
    assert.equal(isAsRecorded(token('x', ''), 'yx'), false)
  })
})
