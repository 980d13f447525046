// JSON in the send box: the spot of the caret, completion by what was seen, and formatting.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { completeJson } from '../../../../src/webview/composer/completeJson.ts'
import { formatDraft } from '../../../../src/webview/composer/formatDraft.ts'
import { jsonSpot } from '../../../../src/webview/composer/jsonSpot.ts'
import { createSeenJson } from '../../../../src/webview/composer/seenJson.ts'

/** `|` is the caret. */
function split(marked: string): readonly [string, number] {
  return [marked.replace('|', ''), marked.indexOf('|')]
}

describe('the spot in JSON that is typed', () => {
  const spots: readonly (readonly [string, string | null])[] = [
    ['{|', 'key [] ""'],
    ['{"o|', 'key [] "o"'],
    ['{"op":"|', 'value ["op"] ""'],
    ['{"op":"su|b","x":1}', 'value ["op"] "su"'],
    ['{"op":tr|', 'value ["op"] "tr"'],
    ['{"op":"sub",|', 'key [] ""'],
    ['{"a":{"b":[{"c|', 'key ["a","b",null] "c"'],
    ['{"a":{"b":["|', 'value ["a","b",null] ""'],
    ['{"a":{"b":1},"|', 'key [] ""'],
    ['[{"|', 'key [null] ""'],
    ['{"a" |', null],
    ['{"a":1 |', null],
    ['{"a":"{|', 'value ["a"] "{"'],
    ['{"a":"\\"|', 'value ["a"] "\\\\\\""'],
    ['|', null],
    ['{}|', null],
  ]
  for (const [marked, expected] of spots) {
    it(marked, () => {
      const spot = jsonSpot(...split(marked))
      const told = spot && `${spot.kind} ${JSON.stringify(spot.path)} ${JSON.stringify(spot.typed)}`
      assert.equal(told, expected)
    })
  }
})

describe('completion of JSON', () => {
  const seen = createSeenJson()
  seen.add('{"op":"subscribe","args":[{"channel":"trades"}],"id":1}', true)
  seen.add('{"op":"unsubscribe","args":[{"channel":"book","depth":5}]}', true)
  seen.add('{"op":"ack","server":"a","id":', false)

  function labels(marked: string, all = false) {
    return completeJson(...split(marked), seen, all).map(({ label }) => label)
  }
  function taken(marked: string, all = false) {
    const [text, caret] = split(marked)
    const [first] = completeJson(text, caret, seen, all)
    return first && text.slice(0, first.from) + first.insert + text.slice(first.to)
  }

  it('offers names by their place, those of sent messages first, and none twice', () => {
    assert.deepEqual(labels('{|', true), ['op', 'args', 'id', 'server'])
    assert.deepEqual(labels('{|'), [], 'not before it is asked for')
    assert.deepEqual(labels('{"op":"x","|'), ['args', 'id', 'server'])
    assert.deepEqual(labels('{"args":[{"|'), ['channel', 'depth'])
    assert.deepEqual(labels('{"other":{"|'), [])
  })

  it('offers words where few were seen', () => {
    assert.deepEqual(labels('{"op":"|'), ['"subscribe"', '"unsubscribe"', '"ack"'])
    assert.deepEqual(labels('{"op":"un|'), ['"unsubscribe"'])
    assert.deepEqual(labels('{"op":"ack|'), [])
    const many = createSeenJson()
    for (let i = 0; i < 30; i++) many.add(`{"id":"x${i}"}`, true)
    assert.deepEqual(completeJson('{"id":"', 7, many, true), [])
  })

  it('replaces what is typed, with its quotes, and leaves a colon that is there', () => {
    assert.equal(taken('{ar|'), '{"args": ')
    assert.equal(taken('{"ar|"'), '{"args": ')
    assert.equal(taken('{"ar|" : 1}'), '{"args" : 1}')
    assert.equal(taken('{"ar|"op":1}'), '{"args": "op":1}')
    assert.equal(taken('{"op":"un|"}'), '{"op":"unsubscribe"}')
    assert.equal(taken('{"op":"un|, "id":1}'), '{"op":"unsubscribe", "id":1}')
  })
})

describe('formatting of JSON', () => {
  function formatted(marked: string) {
    const done = formatDraft(...split(marked))
    assert.ok(done.ok)
    return `${done.text.slice(0, done.caret)}|${done.text.slice(done.caret)}`
  }

  it('keeps every token, and the caret among them', () => {
    assert.equal(formatted('{"a":1.0,|"b":[]}'), '{\n  "a": 1.0,|\n  "b": []\n}')
    assert.equal(formatted('{"a b":"x  |y"}'), '{\n  "a b": "x  |y"\n}')
    assert.equal(formatted('|[12345678901234567890]'), '|[\n  12345678901234567890\n]')
    assert.equal(formatted('{ "a"\n:\n1e5 }|'), '{\n  "a": 1e5\n}|')
    assert.equal(formatted('{"a":12|34}'), '{\n  "a": 12|34\n}')
  })

  it('says where a mistake is, and changes nothing', () => {
    assert.deepEqual(formatDraft('{"a":x}', 0), {
      ok: false,
      problem: { message: 'a word that JSON does not know', line: 1, column: 6, length: 1 },
    })
  })
  it('leaves as it is what would become many times as long, however long its strings are', () => {
    const deep = '['.repeat(3000) + ']'.repeat(3000)
    assert.deepEqual(formatDraft(deep, 3000), { ok: true, text: deep, caret: 3000 })
    const long = `{"a":"${'x'.repeat(20_000_000)}"}`
    const done = formatDraft(long, 7)
    assert.ok(done.ok && done.text.length === long.length + 5 && done.caret === 11)
  })
})
