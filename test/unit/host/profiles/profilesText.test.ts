// A profiles file is read: its entries, and what is wrong with them where.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { parseProfilesText, type TextSpan } from '../../../../src/host/profiles/profilesText.ts'

const good = '{ "name": "Good", "url": "ws://localhost/" }'

function read(text: string) {
  const file = parseProfilesText(text)
  const at = ({ start, end }: TextSpan) => text.slice(start, end)
  return {
    names: file.entries.filter(({ endpoint }) => endpoint).map(({ name }) => name),
    entries: file.entries.map((entry) => ({
      name: entry.name,
      text: at(entry.span),
      problems: entry.problems.map(({ span, path }) => [path, at(span)]),
    })),
    problems: file.problems.map(({ span, message, syntax }) => [message, at(span), syntax]),
  }
}

describe('parseProfilesText', () => {
  it('finds each entry at its place, comments and a trailing comma aside', () => {
    const text = `// one\n{ /* two */ "profiles": [ ${good}, ] }`
    const { entries, problems } = read(text)
    assert.deepEqual(entries, [{ name: 'Good', text: good, problems: [] }])
    assert.deepEqual(problems, [])
  })

  for (const text of ['', '  \n', '// nothing yet\n', '{}', '{ "profiles": [] }']) {
    it(`finds no profiles and no problems in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(read(text), { names: [], entries: [], problems: [] })
    })
  }

  const fields: readonly [entry: string, path: string, marked: string][] = [
    ['{ "name": "B", "url": "x", "method": "sse" }', 'url', '"x"'],
    ['{ "name": "B" }', 'url', '"B"'],
    ['{ "url": "ws://a/" }', 'name', '{'],
    ['{ "name": "B", "url": "ws://a/", "wrong": 5 }', 'wrong', '5'],
    ['{ "name": "B", "url": "ws://a/", "headers": { "a.b c": "d" } }', 'headers.a.b c', '"d"'],
    ['{ "name": "B", "url": "ws://a/", "send": ["a", 7] }', 'send[1]', '7'],
    [
      '{ "name": "B", "url": "ws://a/", "tls": { "allowUntrusted": 1 } }',
      'tls.allowUntrusted',
      '1',
    ],
    ['{ "name": "B", "url": "http://a/", "method": "sse", "timeout": 0 }', 'timeout', '0'],
    ['{ "name": "B", "url": "ws://a/", "send": ["a", { "hex": "0" }] }', 'send[1].hex', '"0"'],
    [
      '{ "name": "B", "url": "ws://a/", "repeat": { "message": { "hex": "x" }, "every": "1s" } }',
      'repeat.message.hex',
      '"x"',
    ],
    [
      '{ "name": "B", "url": "ws://a/", "messages": [{ "name": "C" }] }',
      'messages[0]',
      '{ "name": "C" }',
    ],
    [
      '{ "name": "B", "url": "ws://a/", "requests": [{ "name": "C", "url": "/", "headers": { "a [0].b": "c" } }] }',
      'requests[0].headers.a [0].b',
      '"c"',
    ],
    ['{ "name": "B", "url": "ws://a/", "tls": { "key": "k" } }', 'tls.cert', '{ "key": "k" }'],
    ['5', '', '5'],
  ]
  for (const [entry, path, marked] of fields) {
    it(`marks ${marked} in ${entry}, and the entry beside it works`, () => {
      const { names, entries } = read(`{ "profiles": [ ${entry}, ${good} ] }`)
      assert.deepEqual(names, ['Good'])
      const problems = entries[0]?.problems.filter(([at]) => at === path)
      assert.deepEqual(problems?.[0], [path, marked])
    })
  }

  it('calls an entry without a name by its place', () => {
    const { entries } = read('{ "profiles": [ { "url": "ws://a/" }, 5 ] }')
    assert.deepEqual(
      entries.map(({ name }) => name),
      ['Profile 1', 'Profile 2'],
    )
  })

  it('places the problems of the file outside the entries', () => {
    assert.deepEqual(
      parseProfilesText('{ "profile": [] }').problems.map(({ path }) => path),
      ['profile'],
    )
    const { problems } = read('{ "inputs": [ { "id": "a", "password": "yes" } ] }')
    assert.deepEqual([problems[0]?.[1], problems[0]?.[2]], ['"yes"', false])
    assert.equal(read('[]').problems[0]?.[1], '[')
    assert.equal(read('5').problems.length, 1)
  })

  it('keeps the whole entries when the JSON breaks off behind them', () => {
    const { names, problems } = read(`{ "profiles": [ ${good}, { "name": "Ne`)
    assert.deepEqual(names, ['Good'])
    assert.ok(problems.every(([, , syntax]) => syntax))
  })

  it('keeps an entry that is whole when the file breaks off right behind it', () => {
    const { names, problems } = read(`{ "profiles": [ ${good}`)
    assert.deepEqual(names, ['Good'])
    assert.equal(problems[0]?.[0], 'Close the list with ] here.')
  })

  it('does not trust an entry that is never closed', () => {
    const { names, entries } = read(`{ "profiles": [ ${good}, { "name": "B", "url": "ws://a/"`)
    assert.deepEqual(names, ['Good'])
    assert.equal(entries[1]?.text, '{ "name": "B", "url": "ws://a/"')
    assert.notDeepEqual(entries[1]?.problems, [])
  })

  it('does not trust an entry whose JSON is broken', () => {
    const text = `{ "profiles": [ { "name": "B" "url": "ws://a/" }, ${good} ] }`
    const { names, entries, problems } = read(text)
    assert.deepEqual(names, ['Good'])
    assert.deepEqual(entries[0]?.problems[0], ['', '"url"'])
    assert.deepEqual(problems, [])
  })

  it('says what JSON lacks and where, at every place at which a file can break off', () => {
    const text = `{ "profiles": [ ${good} ] }`
    for (let length = 1; length < text.length; length++) {
      const { entries, problems } = read(text.slice(0, length))
      const found = entries.flatMap((entry) => entry.problems).length + problems.length
      assert.ok(found > 0, text.slice(0, length))
    }
  })
})
