// The lengths that a reader can take in: of files, functions, classes and folders.

import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { before, describe, it } from 'mocha'
import { type CodeLength, readCodeLengths } from '../support/codeLengths.ts'
import { projectFolder } from '../support/places.ts'

const longest = { file: 300, own: 60, whole: 180, folder: 15 }

/** Folders whose top says where everything is. */
const rooms = [
  'src/shared',
  'src/webview',
  'src/host',
  'src/engine/transports',
  'src/engine/protocols',
  'src/engine/capture',
]

function namesOf(lengths: readonly CodeLength[]): readonly string[] {
  return lengths.map(({ name }) => name)
}

describe('the code', () => {
  let code: readonly CodeLength[]

  before(() => {
    // A test's own blocks are lists of cases, not steps.
    code = readCodeLengths(projectFolder, ['src', 'test']).filter(
      ({ name }) => !name.endsWith('.test.ts without a name'),
    )
  })

  it('has no long file', () => {
    const files = ['src', 'test'].flatMap((folder) =>
      readdirSync(join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => `${folder}/${name.split(sep).join('/')}`),
    )
    const long = files.filter((name) => {
      const lines = readFileSync(join(projectFolder, name), 'utf8').trimEnd().split('\n')
      return lines.length > longest.file
    })
    assert.deepEqual(long, [])
    assert.ok(files.length > 500, 'the files have been found')
  })

  it('has no function with many lines of its own', () => {
    const long = code.filter(({ kind, ownLines }) => kind === 'function' && ownLines > longest.own)
    assert.deepEqual(namesOf(long), [])
    for (const folder of ['src/webview/', 'src/engine/', 'test/support/']) {
      assert.ok(code.filter(({ name }) => name.startsWith(folder)).length > 50, folder)
    }
  })

  it('has no long class, and no function that holds too many others', () => {
    assert.deepEqual(namesOf(code.filter(({ lines }) => lines > longest.whole)), [])
  })

  it('has rooms whose top is seen at a glance', () => {
    const full = rooms.filter(
      (room) => readdirSync(join(projectFolder, room)).length > longest.folder,
    )
    assert.deepEqual(full, [])
  })
})
