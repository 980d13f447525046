// References in a profiles file are proposed kind by kind.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { proposeReferences, secretsIn } from '../../../../src/host/profiles/references.ts'

const facts = { environment: ['PATH', 'HOME'], inputs: ['room'], secrets: ['trades'] }

function list(before: string): string[] | undefined {
  return proposeReferences(before, facts)?.proposals.map(({ text }) => text)
}

describe('proposals for references', () => {
  it('are the kinds behind the brace', () => {
    const kinds = ['secret:', 'env:', 'input:', 'config:', 'workspaceFolder', 'userHome']
    assert.deepEqual(list('"token": "${'), kinds)
    assert.deepEqual(list('"token": "Bearer ${se'), kinds)
    assert.equal(proposeReferences('"a": "${se', facts)?.replaced, 2)
  })

  it('are the names behind the colon', () => {
    assert.deepEqual(list('"${env:'), ['env:HOME', 'env:PATH'])
    assert.deepEqual(list('"${input:'), ['input:room'])
    assert.deepEqual(list('"${secret:'), ['secret:trades'])
    assert.deepEqual(list('"${config:'), [])
  })

  it('are none elsewhere', () => {
    for (const before of ['"a', '"$', '"${env:A}', '"$${', '"${env:A} {']) {
      assert.equal(list(before), undefined, before)
    }
  })

  it('are no secret that is just being written', () => {
    const text = '"${secret:a}" "${secret:b}" "${secret:a}"'
    assert.deepEqual(secretsIn(text, 24), ['a'])
    assert.deepEqual(secretsIn(text, text.length), ['a', 'b'])
  })
})
