import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { generated } from '../../scripts/generated.ts'
import { projectFolder } from '../support/places.ts'

describe('a file that is made from a table', () => {
  for (const [path, text] of Object.entries(generated)) {
    it(`is up to date: ${path}`, () => {
      const written = readFileSync(join(projectFolder, path), 'utf8')
      assert.equal(written, text(), `Run \`npm run generate\`: ${path} is stale.`)
    })
  }
})
