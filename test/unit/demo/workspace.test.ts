import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'jsonc-parser'
import { describe, it } from 'mocha'
import { parseDemoQuery } from '../../../src/demo/demoQuery.ts'
import { allMethods } from '../../../src/shared/endpoint/methods.ts'
import { readProfiles } from '../../../src/shared/profile/profiles.ts'
import { sameFeedEntry } from '../../../src/shared/profile/sameFeed.ts'
import { projectFolder } from '../../support/places.ts'

const path = join(projectFolder, 'src/demo/workspace/.vscode/lifeline.json')
const entries = parse(readFileSync(path, 'utf8'))
const { profiles, problems } = readProfiles(entries)

describe('the demo workspace', () => {
  it('has no bad profile, and one at least for each method and for a tap', () => {
    assert.deepEqual(problems, [])
    assert.deepEqual([...new Set(profiles.map(({ endpoint }) => endpoint.method))].sort(), [
      'long-polling',
      'polling',
      'sse',
      'tap',
      'websocket',
    ])
  })

  it('begins with the same feed by each method', () => {
    const ways = allMethods.map((method) => sameFeedEntry('http://127.0.0.1:7411', method))
    assert.deepEqual(
      entries.profiles.slice(0, ways.length),
      ways.map((entry) => ({ ...entry, name: `Same feed: ${entry.name}` })),
    )
  })

  for (const { name, endpoint } of profiles) {
    it(`asks the demo server for what it can do: ${name}`, () => {
      const query = parseDemoQuery(new URL(endpoint.url).searchParams)
      assert.equal(typeof query, 'object', String(query))
    })
  }
})
