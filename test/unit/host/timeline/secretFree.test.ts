// Texts that a page has made of several sessions, before they are copied or saved.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { checkSecretFree } from '../../../../src/host/timeline/secretFree.ts'

const knowing = (secret: string) => ({
  api: Promise.resolve({ holdsSecret: async (text: string) => text.includes(secret) }),
})

describe('a text about several sessions', () => {
  it('is refused where one of them knows a secret in it', async () => {
    const sessions = [knowing('sesame'), knowing('abracadabra')]
    await checkSecretFree(sessions, 'Items are told apart by id.')
    await assert.rejects(checkSecretFree(sessions, 'Items are told apart by abracadabra.'), {
      code: 'text-refused',
    })
  })

  it('is refused where the thread of one is gone, which cannot tell', async () => {
    const api = Promise.reject(new Error('gone'))
    await assert.rejects(checkSecretFree([{ api }], 'id'), { code: 'text-refused' })
  })
})
