// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkProfileName, readProfiles } from '../../../../src/shared/profile/profiles.ts'

const good = { name: 'Good', url: 'ws://localhost/' }

function paths(value: unknown) {
  return readProfiles(value).problems.map(({ index, path }) => `${index} ${path}`)
}

describe('readProfiles', () => {
  it('finds nothing in an empty file', () => {
    assert.deepEqual(readProfiles(undefined), { profiles: [], problems: [], inputs: [] })
    assert.deepEqual(readProfiles({}), { profiles: [], problems: [], inputs: [] })
  })

  it('keeps the good entries beside a bad one, which it names with its reason', () => {
    const { profiles, problems } = readProfiles({
      profiles: [
        good,
        { name: 'Bad', url: 'localhost:80', method: 'sse' },
        { ...good, name: 'Two' },
      ],
    })
    assert.deepEqual(
      profiles.map(({ name, index }) => [name, index]),
      [
        ['Good', 0],
        ['Two', 2],
      ],
    )
    assert.equal(problems.length, 1)
    assert.deepEqual([problems[0]?.index, problems[0]?.name, problems[0]?.path], [1, 'Bad', 'url'])
    assert.match(problems[0]?.message ?? '', /Start the URL with/)
  })

  it('keeps the first of two entries with the same name', () => {
    const { profiles, problems } = readProfiles({ profiles: [good, good] })
    assert.equal(profiles.length, 1)
    assert.match(problems[0]?.message ?? '', /Rename this profile: "Good"/)
    assert.equal(problems[0]?.index, 1)
  })

  it('asks for a name', () => {
    assert.deepEqual(paths({ profiles: [{ url: 'ws://a/' }] }), ['0 name'])
    assert.deepEqual(paths({ profiles: [{ ...good, name: ' ' }] }), ['0 name'])
    assert.deepEqual(paths({ profiles: [{ ...good, name: 5 }] }), ['0 name'])
  })

  for (const [value, problem] of [
    [[], '-1 '],
    ['x', '-1 '],
    [null, '-1 '],
    [{ profiles: {} }, '-1 profiles'],
    [{ profile: [] }, '-1 profile'],
    [{ profiles: [5] }, '0 '],
    [{ inputs: [5] }, '-1 inputs[0]'],
    [{ inputs: [{ id: 'a b' }] }, '-1 inputs[0].id'],
    [{ inputs: [{ id: 'a', passwort: true }] }, '-1 inputs[0].passwort'],
    [{ inputs: [{ id: 'a' }, { id: 'a' }] }, '-1 inputs[1].id'],
    [{ inputs: [{ id: 'a', password: 'yes' }] }, '-1 inputs[0].password'],
  ] as const) {
    it(`reports ${JSON.stringify(value)} at its place`, () => {
      assert.deepEqual(paths(value), [problem])
    })
  }

  it('lists the inputs', () => {
    const { inputs } = readProfiles({
      inputs: [
        { id: 'a', password: true },
        { id: 'b', default: 'x' },
      ],
    })
    assert.deepEqual(inputs, [
      { id: 'a', description: '', password: true, default: '' },
      { id: 'b', description: '', password: false, default: 'x' },
    ])
  })

  it('reports a reference to an input that is not declared', () => {
    const profile = { ...good, url: 'ws://localhost/?a=${input:a}&b=${input:b}' }
    const { profiles, problems } = readProfiles({ profiles: [profile], inputs: [{ id: 'b' }] })
    assert.equal(profiles.length, 0)
    assert.match(problems[0]?.message ?? '', /add \{ "id": "a"/)
    assert.equal(problems.length, 1)
  })

  it('leaves fields that start with $ alone', () => {
    assert.deepEqual(paths({ $schema: 'x', profiles: [{ ...good, $note: 1 }] }), [])
  })
})

describe('checkProfileName', () => {
  it('wants a name that is not taken', () => {
    assert.equal(checkProfileName('A', ['B']), null)
    assert.match(checkProfileName(' ', []) ?? '', /Enter a name/)
    assert.match(checkProfileName('B ', ['B']) ?? '', /"B" is taken/)
  })
})
