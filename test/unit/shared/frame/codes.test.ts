import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { callCodes } from '../../../../src/shared/calls/callCodes.ts'
import { errorCodes } from '../../../../src/shared/frame/errorCodes.ts'
import { noticeCodes } from '../../../../src/shared/frame/noticeCodes.ts'
import { projectFolder } from '../../../support/places.ts'

const lists = { errorCodes, noticeCodes, callCodes }
const source = globSync('src/**/*.ts', { cwd: projectFolder })
  .filter((path) => !/Codes\.ts$/.test(path))
  .map((path) => readFileSync(join(projectFolder, path), 'utf8'))
  .join('\n')
const docs = globSync('docs/*.md', { cwd: projectFolder })
  .filter((path) => !path.endsWith('codes.md'))
  .map((path) => readFileSync(join(projectFolder, path), 'utf8'))
  .join('\n')

describe('the lists of codes', () => {
  for (const [name, codes] of Object.entries(lists)) {
    it(`${name} has no code that nothing in src gives`, () => {
      const idle = Object.keys(codes).filter((code) => !source.includes(`'${code}'`))
      assert.deepEqual(idle, [])
    })

    it(`${name} says in a sentence each what a code means and what to do`, () => {
      for (const [code, { meaning, advice }] of Object.entries(codes)) {
        assert.match(code, /^[a-z0-9]+(-[a-z0-9]+)*$/)
        for (const sentence of [meaning, advice]) {
          assert.match(sentence, /^[A-Z].*\.$/, `${code}: ${sentence}`)
          assert.ok(sentence.length <= 120, `${code}: ${sentence}`)
        }
      }
    })
  }

  it('have every code that another page of the documentation puts in brackets', () => {
    const known: ReadonlySet<string> = new Set(Object.values(lists).flatMap(Object.keys))
    const named = [...docs.matchAll(/\(`([a-z0-9]+(?:-[a-z0-9]+)+)`/g)].map(([, code = '']) => code)
    const about = named.filter((code) => /^(?:tls|http|ws|sse|cursor|capture|redirect)-/.test(code))
    assert.ok(about.length > 10)
    assert.deepEqual(
      about.filter((code) => !known.has(code)),
      [],
    )
  })
})
