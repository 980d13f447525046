import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { callCodes } from '../../../../src/shared/calls/callCodes.ts'
import { errorActionNames } from '../../../../src/shared/frame/actionNames.ts'
import { errorActions } from '../../../../src/shared/frame/errorActions.ts'
import { type CodeRow, type ErrorRow, errorCodes } from '../../../../src/shared/frame/errorCodes.ts'
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

  it('offer something for every error, or say why nothing can be done', () => {
    for (const [code, row] of Object.entries<ErrorRow>(errorCodes)) {
      const offered = row.actions ?? []
      if ('noAction' in row) assert.match(row.noAction, /^[A-Z].*\.$/, code)
      else assert.ok(offered.length > 0, code)
      assert.equal(new Set(offered).size, offered.length, code)
    }
  })

  it('offer each action somewhere, and say of each what it does', () => {
    const rows: readonly CodeRow[] = [...Object.values(errorCodes), ...Object.values(noticeCodes)]
    const offered = new Set(rows.flatMap(({ actions = [] }) => actions))
    assert.deepEqual([...offered].sort(), [...errorActionNames].sort())
    for (const name of errorActionNames) assert.match(errorActions[name].meaning, /^[a-z].*\.$/)
  })

  it('name no option of the command line, nor does any sentence of the engine or the window', () => {
    const named = globSync(
      'src/{engine/protocols,engine/transports,engine/session,host,shared/frame,shared/calls}/**/*.ts',
      {
        cwd: projectFolder,
      },
    ).flatMap((path) => {
      const text = readFileSync(join(projectFolder, path), 'utf8')
      return [...text.matchAll(/['"`\s]--[a-z][a-z-]*(?=[\s.,'"`)])/g)].map(
        ([it]) => `${path}:${it}`,
      )
    })
    assert.deepEqual(named, [])
  })

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
