import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'jsonc-parser'
import { describe, it } from 'mocha'
import { parseDemoQuery } from '../../../src/demo/demoQuery.ts'
import { readProfiles } from '../../../src/shared/profile/profiles.ts'
import { projectFolder } from '../../support/places.ts'

const path = join(projectFolder, 'src/demo/workspace/.vscode/lifeline.json')
const { profiles, problems } = readProfiles(parse(readFileSync(path, 'utf8')))

describe('the demo workspace', () => {
  it('has no bad profile, and one at least for each method', () => {
    assert.deepEqual(problems, [])
    assert.deepEqual([...new Set(profiles.map(({ endpoint }) => endpoint.method))].sort(), [
      'long-polling',
      'polling',
      'sse',
      'websocket',
    ])
  })

  for (const { name, endpoint } of profiles) {
    it(`asks the demo server for what it can do: ${name}`, () => {
      const query = parseDemoQuery(new URL(endpoint.url).searchParams)
      assert.equal(typeof query, 'object', String(query))
    })
  }
})
