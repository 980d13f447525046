// A profile is added to a file, whose comments and formatting stay.

import assert from 'node:assert/strict'
import { applyEdits, type ParseError, parse } from 'jsonc-parser'
import { describe, it } from 'mocha'
import { addProfileText, emptyProfilesText } from '../../../../src/host/profiles/addProfileText.ts'

const entry = { name: 'New', url: 'ws://localhost/' }

function add(text: string): string | null {
  const edits = addProfileText(text, entry)
  return edits && applyEdits(text, [...edits])
}

describe('addProfileText', () => {
  it('fills an empty file of profiles', () => {
    assert.equal(
      add(emptyProfilesText),
      emptyProfilesText.replace(
        '[]',
        '[\n    {\n      "name": "New",\n      "url": "ws://localhost/"\n    }\n  ]',
      ),
    )
  })

  it('keeps comments, order and formatting of what is there', () => {
    const text = [
      '// first',
      '{',
      '    "inputs": [], // beside',
      '    "profiles": [',
      '        // above',
      '        { "name": "Old",   "url": "ws://a/" } /* behind */',
      '    ]',
      '    // last',
      '}',
      '',
    ].join('\n')
    assert.equal(
      add(text),
      text.replace(
        '{ "name": "Old",   "url": "ws://a/" } /* behind */',
        [
          '{ "name": "Old",   "url": "ws://a/" }, /* behind */',
          '        {',
          '            "name": "New",',
          '            "url": "ws://localhost/"',
          '        }',
        ].join('\n'),
      ),
    )
  })

  it('keeps tabs and the line ends of Windows', () => {
    const text = '{\r\n\t"profiles": [\r\n\t\t{ "name": "Old", "url": "ws://a/" }\r\n\t]\r\n}\r\n'
    assert.equal(
      add(text),
      '{\r\n\t"profiles": [\r\n\t\t{ "name": "Old", "url": "ws://a/" },\r\n\t\t{\r\n\t\t\t"name": "New",\r\n\t\t\t"url": "ws://localhost/"\r\n\t\t}\r\n\t]\r\n}\r\n',
    )
  })

  it('makes the list when the file has none', () => {
    assert.deepEqual(JSON.parse(add('{}') ?? ''), { profiles: [entry] })
    assert.deepEqual(JSON.parse(add('') ?? ''), { profiles: [entry] })
    assert.match(add('// only this') ?? '', /^\/\/ only this\n\{\n {2}"profiles"/)
  })

  for (const list of [
    '[ { "name": "Old" }, ]',
    '[{ "name": "Old" }]',
    '[\n    { "name": "Old" } // behind, with a comma\n  ]',
    '[\n    { "name": "Old" }, // behind\n    // last\n  ]',
    '[ // nothing yet\n  ]',
    '[ /* nothing yet */ ]',
    '[]',
  ]) {
    it(`keeps what stands in ${JSON.stringify(list)}`, () => {
      const text = add(`{ "profiles": ${list} }`) ?? ''
      const errors: ParseError[] = []
      const { profiles } = parse(text, errors)
      assert.deepEqual(errors, [], text)
      assert.deepEqual(profiles.at(-1), entry)
      assert.equal(profiles.length, list.includes('Old') ? 2 : 1)
      const comments = (source: string) => source.match(/(?<!:)\/\/.*|\/\*.*?\*\//g) ?? []
      assert.deepEqual(comments(text), comments(list))
    })
  }

  for (const text of ['[]', '{ "profiles": {} }', '{ "profiles": [', '{ "profiles" [] }', 'x']) {
    it(`leaves ${JSON.stringify(text)} for its owner to correct`, () => {
      assert.equal(add(text), null)
    })
  }
})
