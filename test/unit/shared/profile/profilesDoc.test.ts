import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { parse } from 'jsonc-parser'
import { describe, it } from 'mocha'
import { allMethods } from '../../../../src/shared/endpoint/methods.ts'
import { fieldNames } from '../../../../src/shared/profile/profileFields.ts'
import { readProfiles } from '../../../../src/shared/profile/profiles.ts'

const text = readFileSync(new URL('../../../../docs/profiles.md', import.meta.url), 'utf8')
const readme = readFileSync(new URL('../../../../README.md', import.meta.url), 'utf8')

function examples(markdown: string): readonly unknown[] {
  return [...markdown.matchAll(/```jsonc\n(.*?)```/gs)].map(([, example = '']) => parse(example))
}

describe('the documentation of profiles', () => {
  it('has a row for each field', () => {
    const [, fields = ''] = /\n## Fields\n(.*?)\n###? /s.exec(text) ?? []
    const rows = [...fields.matchAll(/^\| `(\w+)` +\|/gm)].map(([, field]) => field)
    assert.deepEqual(rows, fieldNames)
  })

  it('has examples that work, one for each method', () => {
    const found = [...examples(text), ...examples(readme)]
    assert.ok(found.length >= 3)
    for (const example of found) assert.deepEqual(readProfiles(example).problems, [])
    const shown = found.flatMap((example) => readProfiles(example).profiles)
    assert.deepEqual(
      [...new Set(shown.map(({ endpoint }) => endpoint.method))].toSorted(),
      allMethods.toSorted(),
    )
  })
})
