import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { allMethods, sessionMethods } from '../../../../src/shared/endpoint/methods.ts'
import { formatProfile } from '../../../../src/shared/profile/formatProfile.ts'
import { parseEndpoint } from '../../../../src/shared/profile/parseEndpoint.ts'
import { fieldNames } from '../../../../src/shared/profile/profileFields.ts'
import { readProfiles } from '../../../../src/shared/profile/profiles.ts'
import { projectFolder } from '../../../support/places.ts'
import { complaintsAbout, fileOf, schema } from '../../../support/samples/profileSchema.ts'

describe('the schema of profiles', () => {
  it('knows the same fields as the parser, each with a description', () => {
    const { properties } = schema.definitions.profile
    assert.deepEqual(Object.keys(properties), fieldNames)
    for (const [name, field] of Object.entries<{ description?: string }>(properties)) {
      assert.ok(field.description, name)
    }
  })

  it('knows the same methods as the parser, each with a description', () => {
    const { method } = schema.definitions.profile.properties
    assert.deepEqual(method.enum, allMethods)
    assert.equal(method.enumDescriptions.length, allMethods.length)
  })

  it('offers a snippet for each method, which becomes a profile that works', () => {
    const { defaultSnippets } = schema.definitions.profile
    const found = defaultSnippets.map(({ body }: { body: unknown }) => {
      const filled = JSON.stringify(body)
        .replaceAll(/\$\{\d:([^{}]*)\}/g, '$1')
        .replaceAll(/\$\d/g, '')
      const entry = JSON.parse(filled)
      assert.deepEqual(complaintsAbout(fileOf(entry)), [])
      const parsed = parseEndpoint(entry)
      assert.ok(parsed.ok, filled)
      assert.deepEqual(complaintsAbout(fileOf(formatProfile(entry.name, parsed.value))), [])
      return parsed.value.method
    })
    assert.deepEqual(found.toSorted(), sessionMethods.toSorted())
  })

  it('accepts the profiles of the demo', () => {
    const path = join(projectFolder, 'src', 'demo', 'workspace', '.vscode', 'lifeline.json')
    const text = readFileSync(path, 'utf8')
    const demo = JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, ''))
    assert.deepEqual(complaintsAbout(demo), [])
    assert.deepEqual(readProfiles(demo).problems, [])
  })
})
