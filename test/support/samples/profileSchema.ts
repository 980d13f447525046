// The JSON schema of profiles, held against the parser: they accept and reject the same.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Schema, Validator } from '@cfworker/json-schema'
import { it } from 'mocha'
import { readProfiles } from '../../../src/shared/profile/profiles.ts'
import { projectFolder } from '../places.ts'

export const schema = JSON.parse(
  readFileSync(join(projectFolder, 'media', 'lifeline.schema.json'), 'utf8'),
)
const validator = new Validator(schema as Schema, '7')

/** The least that a profile of each method has. */
export const polling = { name: 'A', url: 'http://localhost/', method: 'polling' }
export const longPolling = { name: 'A', url: 'http://localhost/', method: 'long-polling' }
export const sse = { name: 'A', url: 'http://localhost/', method: 'sse' }
export const websocket = { name: 'A', url: 'ws://localhost/', method: 'websocket' }

/** What the schema has against a profiles file, the most particular last; empty when it accepts it. */
export function complaintsAbout(file: unknown): readonly string[] {
  const { errors } = validator.validate(file)
  return errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`)
}

/** The file of one profile, with the input `a` that it may refer to. */
export function fileOf(entry: unknown) {
  return { profiles: [entry], inputs: [{ id: 'a' }] }
}

/** A test for each profile: schema and parser accept, or reject, it both. */
export function itAgrees(accepted: readonly unknown[], rejected: readonly unknown[]): void {
  for (const entry of accepted) {
    it(`accepts ${JSON.stringify(entry)}, and so does the parser`, () => {
      assert.deepEqual(complaintsAbout(fileOf(entry)), [])
      assert.deepEqual(readProfiles(fileOf(entry)).problems, [])
    })
  }
  for (const entry of rejected) {
    it(`rejects ${JSON.stringify(entry)}, and so does the parser`, () => {
      assert.notDeepEqual(complaintsAbout(fileOf(entry)), [])
      assert.notDeepEqual(readProfiles(fileOf(entry)).problems, [])
    })
  }
}
