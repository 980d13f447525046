// Completion of filters, out of the language and of what occurs in rows.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import type { Row } from '../../../../src/shared/session/captureRows.ts'
import { completeFilter } from '../../../../src/webview/filter/completeFilter.ts'
import { exampleChoices, usedChoices } from '../../../../src/webview/filter/filterLists.ts'
import { knownValues } from '../../../../src/webview/filter/knownValues.ts'
import { messageRow } from '../../../support/editor/fakeRows.ts'

const json = '{"type":"trade","price":7,"maker":{"id":1},"legs":[{"px":1},{"px":2}],"a b":1}'
const rows: readonly Row[] = [
  { ...messageRow(1), preview: json },
  {
    ...messageRow(2),
    preview: '{"type":"chat","text":"cut in the mid',
    decoded: [{ protocol: 'json-rpc', type: 'request', name: 'tools/call', level: 'app' }],
  } as Row,
  requestRow(3, 'POST', '/api/cart?user=1'),
]
const known = knownValues(rows)

function requestRow(seq: number, method: string, target: string): Row {
  const { frame } = messageRow(seq)
  return {
    frame: { ...frame, kind: 'request', detail: { method, target } } as never,
    preview: null,
  }
}

/** What the text is after each choice. `|` is the caret. */
function completed(marked: string, all = false): readonly string[] {
  const caret = marked.indexOf('|')
  const text = marked.replace('|', '')
  return completeFilter(text, caret, known, all).map(
    ({ from, to, insert }) => text.slice(0, from) + insert + text.slice(to),
  )
}

describe('what occurs in rows', () => {
  it('is found in frames, packets and JSON, also where it is cut', () => {
    assert.deepEqual(known.type, ['text', 'trade', 'request', 'chat'])
    assert.deepEqual(known.name, ['tools/call'])
    assert.deepEqual(known.conn, ['1'])
    assert.deepEqual([known.path, known.method], [['/api/cart'], ['POST']])
    assert.ok(known.paths.includes('$.maker.id') && known.paths.includes('$.text'))
    assert.ok(known.paths.includes('$["a b"]'), known.paths.join())
  })
})

describe('completion of a filter', () => {
  it('offers names', () => {
    assert.deepEqual(completed('ki|'), ['kind:'])
    assert.deepEqual(completed('trade -co|'), ['trade -code:', 'trade -conn:'])
    assert.deepEqual(completed('(siz|'), ['(size>'])
    assert.deepEqual(completed('chan|'), ['changed'])
    assert.deepEqual(completed('book|'), ['bookmarked'])
    assert.deepEqual(completed('is:|'), ['is:error', 'is:unanswered'])
    assert.deepEqual(completed('trade|'), [])
  })

  it('offers values, those that occur first', () => {
    assert.deepEqual(completed('dir:|'), ['dir:in', 'dir:out', 'dir:local'])
    assert.deepEqual(completed('dir:in|'), [])
    assert.deepEqual(completed('type:T|'), ['type:text', 'type:trade'])
    assert.deepEqual(completed('kind:message,ev|'), ['kind:message,event'])
    assert.deepEqual(completed('a dir:o| b'), ['a dir:out b'])
    assert.deepEqual(completed('dir:o|ut b'), ['dir:out b'])
    assert.deepEqual(completed('status:|').slice(0, 2), ['status:2xx', 'status:3xx'])
    assert.deepEqual(completed('path:|'), ['path:/api/cart'])
    assert.deepEqual(completed('method:P|').slice(0, 2), ['method:POST', 'method:PUT'])
    assert.deepEqual(completed('nonsense:|'), [])
  })

  it('offers paths', () => {
    assert.deepEqual(completed('$.m|'), ['$.maker.id'])
    assert.deepEqual(completed('dir:in $.p|'), ['dir:in $.price'])
  })

  it('offers nothing unasked, in quotes or in a regular expression', () => {
    assert.deepEqual(completed('|'), [])
    assert.deepEqual(completed('a "ki|"'), [])
    assert.deepEqual(completed('/ki|/'), [])
    const all = completed('dir:in |', true)
    assert.ok(all.includes('dir:in kind:') && all.includes('dir:in $.'), all.join())
  })
})

describe('an example', () => {
  it('is added to what is typed', () => {
    const [first] = exampleChoices('dir:in ')
    assert.ok(first)
    assert.equal('dir:in '.slice(0, first.from) + first.insert, `dir:in ${first.label}`)
    assert.equal(exampleChoices('')[0]?.insert, first.label)
  })
})

describe('filters that were used', () => {
  it('are those of the profile by their names, then the last ones, each once', () => {
    const saved = [{ name: 'Large', filter: 'size>1kB' }]
    const choices = usedChoices('dir:in', saved, ['size>1kB', 'kind:error'])
    assert.deepEqual(
      choices.map(({ label, detail, group, insert, from, to }) => [
        [group, label, detail].filter((one) => one !== undefined).join(' | '),
        insert,
        to - from,
      ]),
      [
        ['Saved with the profile | Large | size>1kB', 'size>1kB', 6],
        ['Last filters | kind:error', 'kind:error', 6],
      ],
    )
  })
})
