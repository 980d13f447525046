// A secret is found in a text in every form in which texts within texts may write it.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createHoldsSecret } from '../../../src/shared/holdsSecret.ts'
import { base64Forms, secretForms } from '../../support/secretForms.ts'

const values = ['plain-value-1', 'hunter2/+=&"é', 'a b<c>&%', '12345678', '\u{1f512}-key']

describe('A secret in a text', () => {
  for (const value of values) {
    const holdsSecret = createHoldsSecret(['', value])
    it(`is found in every form, and in forms of forms: ${value}`, () => {
      for (const [outer, wrap] of secretForms) {
        for (const [inner, write] of secretForms) {
          assert.ok(holdsSecret(`{"a": "${wrap(write(value))}"}`), `${inner} in ${outer}`)
        }
      }
    })

    it(`is found in base64, wherever its groups begin, and in a form of it: ${value}`, () => {
      for (const [inner, write] of base64Forms) {
        for (const [outer, wrap] of secretForms) {
          assert.ok(holdsSecret(`{"a": "${wrap(write(value))}"}`), `${inner} in ${outer}`)
        }
      }
    })

    it(`is not found where it is not: ${value}`, () => {
      for (const [form, write] of secretForms) {
        assert.ok(!holdsSecret(`{"a": "${write('something else')}"}`), form)
        assert.ok(!holdsSecret(write(Array.from(value).slice(1, -3).join(''))), form)
      }
    })
  }

  it('of none is in no text', () => assert.ok(!createHoldsSecret([''])('')))
})
