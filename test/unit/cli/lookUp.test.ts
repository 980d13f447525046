// Checks where the command line finds the values of references, and what it says where there is none.

import assert from 'node:assert/strict'
import { homedir } from 'node:os'
import { describe, it } from 'mocha'
import { createLookup } from '../../../src/cli/lookUp.ts'
import type { Reference } from '../../../src/shared/endpoint/references.ts'

const lookUp = createLookup(
  {
    folder: '/home/me/project',
    inputs: [
      { id: 'room', description: 'Which room', password: false, default: 'lobby' },
      { id: 'pin', description: 'PIN', password: true, default: '' },
    ],
  },
  {
    TOKEN: 't0',
    EMPTY: '',
    LIFELINE_SECRET_API_KEY: 's3cret',
    LIFELINE_INPUT_PIN: '1234',
  },
)

describe('references on the command line', () => {
  const found: readonly (readonly [Reference['kind'], string, object])[] = [
    ['env', 'TOKEN', { value: 't0' }],
    ['env', 'EMPTY', { value: '' }],
    ['secret', 'api-key', { value: 's3cret', secret: true }],
    ['input', 'room', { value: 'lobby', secret: false }],
    ['input', 'pin', { value: '1234', secret: true }],
    ['workspaceFolder', '', { value: '/home/me/project' }],
    ['workspaceFolder', 'project', { value: '/home/me/project' }],
    ['userHome', '', { value: homedir() }],
  ]
  for (const [kind, name, value] of found) {
    it(`find ${kind}${name && `:${name}`}`, async () => {
      assert.deepEqual(await lookUp({ kind, name }), value)
    })
  }

  const missing: readonly (readonly [Reference['kind'], string, RegExp])[] = [
    ['env', 'NONE', /^Set the environment variable NONE\.$/],
    [
      'secret',
      'other',
      /^Set the environment variable LIFELINE_SECRET_OTHER to the secret other\.$/,
    ],
    ['input', 'x.y', /^Set the environment variable LIFELINE_INPUT_X_Y to the input x\.y\.$/],
    ['config', 'a.b', /^Replace \$\{config:a\.b\} .*VS Code's settings cannot be read/],
    ['workspaceFolder', 'other', /^Write \$\{workspaceFolder\}/],
  ]
  for (const [kind, name, sentence] of missing) {
    it(`say what to do where ${kind}:${name} is missing`, async () => {
      const answer = await lookUp({ kind, name })
      assert.ok('missing' in answer)
      assert.match(answer.missing, sentence)
    })
  }
})
