// An entry of a profiles file is copied, taken out and changed, and the text around it stays.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested

import assert from 'node:assert/strict'
import { applyEdits, parse } from 'jsonc-parser'
import { describe, it } from 'mocha'
import {
  appendToFieldText,
  changeEntryText,
  differenceOf,
  duplicateEntryText,
  removeEntryText,
  setFieldText,
} from '../../../../src/host/profiles/entryText.ts'

const file = `// shared
{
  "profiles": [
    // the first
    { "name": "A", "url": "http://a/" }, // behind A
    {
      "name": "B", // B's name
      "url": "http://b/",
      "headers": { "X-Room": "1", "authorization": "Token x" }
    },
    { "name": "C", "url": "http://c/", "auth": { "type": "bearer", "token": "t" } }
  ]
}
`

function apply(text: string, changed: string | null): string {
  assert.ok(changed)
  assert.equal(applyEdits(text, [differenceOf(text, changed)]), changed)
  const problems: never[] = []
  parse(changed, problems, { allowTrailingComma: true })
  assert.deepEqual(problems, [], changed)
  return changed
}

const names = (text: string) =>
  (parse(text) as { profiles: { name: string }[] }).profiles.map(({ name }) => name)

describe('an entry of a profiles file', () => {
  it('is copied right behind itself, with its comments', () => {
    const text = apply(file, duplicateEntryText(file, { index: 1, name: 'B' }, 'B 2'))
    assert.deepEqual(names(text), ['A', 'B', 'B 2', 'C'])
    assert.ok(
      text.includes('    {\n      "name": "B 2", // B\'s name\n      "url": "http://b/",\n'),
    )
  })

  it('is copied within its line where it shares one', () => {
    const text = '{ "profiles": [{ "name": "A", "url": "u" }] }'
    const changed = apply(text, duplicateEntryText(text, { index: 0, name: 'A' }, 'A "2"'))
    assert.equal(
      changed,
      '{ "profiles": [{ "name": "A", "url": "u" }, { "name": "A \\"2\\"", "url": "u" }] }',
    )
  })

  for (const [index, name, rest] of [
    [0, 'A', ['B', 'C']],
    [1, 'B', ['A', 'C']],
    [2, 'C', ['A', 'B']],
  ] as const) {
    it(`is taken out with its comma and no comment of another (${name})`, () => {
      const text = apply(file, removeEntryText(file, { index, name }))
      assert.deepEqual(names(text), rest)
      for (const comment of ['// shared', '// the first', '// behind A']) {
        assert.ok(text.includes(comment), comment)
      }
      assert.doesNotMatch(text, /\n[ \t]*\n/)
    })
  }

  for (const text of [
    '{"profiles":[{"name":"A"}]}',
    '{"profiles":[{"name":"A"},]}',
    '{"profiles":[{"name":"A"} /* a */ , /* b */ ]}',
    '{ "profiles": [\r\n  { "name": "A" }\r\n] }',
  ]) {
    it(`is taken out where it is the only one: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(names(apply(text, removeEntryText(text, { index: 0, name: 'A' }))), [])
    })
  }

  it('is left alone where another stands in its place, or the file is broken', () => {
    assert.equal(removeEntryText(file, { index: 1, name: 'C' }), null)
    assert.equal(duplicateEntryText(file, { index: 7, name: 'A' }, 'X'), null)
    assert.equal(removeEntryText('{ "profiles": [', { index: 0, name: 'A' }), null)
  })

  it('gets a header in the place of one of that name, or beside the others', () => {
    const of = (index: number, name: string, header: string) => {
      const edits = changeEntryText(file, { index, name }, { header, value: 'v' })
      const text = apply(file, edits)
      assert.ok(text.includes("// B's name"))
      return (parse(text) as { profiles: { headers: object }[] }).profiles[index]?.headers
    }
    assert.deepEqual(of(0, 'A', 'X-Key'), { 'X-Key': 'v' })
    assert.deepEqual(of(1, 'B', 'x-room'), { 'X-Room': 'v', authorization: 'Token x' })
    assert.deepEqual(of(1, 'B', 'X-Key'), {
      'X-Room': '1',
      authorization: 'Token x',
      'X-Key': 'v',
    })
  })

  it('gets another value for a field that it has, or the field', () => {
    const place = { index: 1, name: 'B' }
    const moved = apply(file, setFieldText(file, place, 'url', 'http://d/'))
    assert.match(moved, /"url": "http:\/\/d\/",\n {6}"headers"/)
    const showing = apply(file, setFieldText(file, place, 'show', ['price', 'maker.venue']))
    assert.match(showing, /"show": ?\[\s*"price",\s*"maker\.venue"\s*\]/)
    assert.doesNotMatch(apply(showing, setFieldText(showing, place, 'show', undefined)), /show/)
    assert.equal(setFieldText(file, place, 'show', undefined), file)
    const added = apply(file, setFieldText(file, place, 'httpVersion', '2'))
    assert.equal(
      (parse(added) as { profiles: object[] }).profiles[1]?.['httpVersion' as never],
      '2',
    )
  })

  it('gets another item in a list, which is made where there is none', () => {
    const place = { index: 1, name: 'B' }
    const filters = (text: string) =>
      (parse(text) as { profiles: { filters?: unknown }[] }).profiles[1]?.filters
    const one = { name: 'Errors', filter: 'is:error' }
    const other = { name: 'Say "hi"', filter: '"hi"' }
    const first = apply(file, appendToFieldText(file, place, 'filters', one))
    assert.deepEqual(filters(first), [one])
    assert.deepEqual(filters(apply(first, appendToFieldText(first, place, 'filters', other))), [
      one,
      other,
    ])
    const odd = apply(file, setFieldText(file, place, 'filters', 'none'))
    assert.equal(appendToFieldText(odd, place, 'filters', one), null)
  })

  it('tells who asks in one place only', () => {
    const auth = { type: 'bearer', token: '${secret:b-auth-token}' }
    const asBearer = apply(
      file,
      changeEntryText(file, { index: 1, name: 'B' }, { header: 'Authorization', auth }),
    )
    const { profiles } = parse(asBearer) as { profiles: { headers?: object; auth?: object }[] }
    assert.deepEqual([profiles[1]?.headers, profiles[1]?.auth], [{ 'X-Room': '1' }, auth])
    const asHeader = apply(
      file,
      changeEntryText(
        file,
        { index: 2, name: 'C' },
        { header: 'Authorization', value: 'Token y', auth: null },
      ),
    )
    const [, , entry] = (parse(asHeader) as { profiles: object[] }).profiles
    assert.deepEqual(entry, {
      name: 'C',
      url: 'http://c/',
      headers: { Authorization: 'Token y' },
    })
  })
})
