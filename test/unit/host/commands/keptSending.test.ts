// The form in which a profile keeps what a frame carries.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { asInProfile, keptSending } from '../../../../src/host/commands/keptSending.ts'
import type { Frame } from '../../../../src/shared/frame/frame.ts'
import { createIsKeepable } from '../../../../src/shared/secrets/keepableText.ts'
import { testEndpoint } from '../../../support/samples/testEndpoint.ts'

// biome-ignore lint/suspicious/noTemplateCurlyInString: as a frame has it
const token = '${secret:token}'
const endpoint = testEndpoint({
  url: 'ws://a/',
  method: 'websocket',
  headers: [['Authorization', `Bearer ${token}`]],
})
const atStart = createIsKeepable(endpoint, [{ name: 'token', value: 'tok-1a2b3c4d5e6f' }])
const session = {
  endpoint,
  isKeepable: async (text: string) => atStart(text) && !text.includes('learnt-late'),
}

function message(type: 'text' | 'binary', bytes: Uint8Array): Frame {
  return { seq: 1, kind: 'message', sizeBytes: bytes.length, detail: { type } } as unknown as Frame
}

function keepText(text: string) {
  const bytes = Buffer.from(text)
  return keptSending(message('text', bytes), bytes, session)
}

function keepRequest(headers: readonly (readonly [string, string])[], url = 'http://a/b?c=1') {
  const detail = { purpose: 'companion', method: 'POST', url, headers }
  const frame = { seq: 1, kind: 'request', direction: 'out', sizeBytes: 2, detail }
  return keptSending(frame as unknown as Frame, Buffer.from('{}'), session)
}

describe('what a profile keeps of a frame', () => {
  it('is text with its references, and in the file what looks like another one is text', async () => {
    const kept = await keepText(`{"token":"${token}","cost":"\${price}","key":"\${input:key}"}`)
    assert.ok(kept.kind === 'message')
    const recorded = `{"token":"${token}","cost":"\${price}","key":"\${input:key}"}`
    assert.equal(kept.message.value, recorded)
    const written = `{"token":"${token}","cost":"$\${price}","key":"$\${input:key}"}`
    assert.equal(asInProfile(kept.message).value, written)
  })

  it('is bytes in hexadecimal, and longer ones in base64', async () => {
    const keepBytes = (bytes: Uint8Array) => keptSending(message('binary', bytes), bytes, session)
    assert.deepEqual(await keepBytes(Uint8Array.of(0, 255)), {
      kind: 'message',
      message: { kind: 'hex', value: '00 ff' },
    })
    const kept = await keepBytes(new Uint8Array(33))
    assert.deepEqual(kept.kind === 'message' && kept.message.kind, 'base64')
    assert.equal((await keepBytes(Buffer.from(`\xff${token}`, 'latin1'))).kind, 'refused')
  })

  it('is nothing that holds a credential in clear, or is long', async () => {
    assert.equal((await keepText('{"a":"tok-1a2b3c4d5e6f"}')).kind, 'refused')
    assert.equal((await keepText('{"password":"correct-horse"}')).kind, 'refused')
    assert.equal((await keepText(`{"password":"${token}"}`)).kind, 'message')
    assert.equal((await keepText('x'.repeat(70_000))).kind, 'refused')
  })

  it('is nothing that holds a secret which the session has learnt since it began', async () => {
    assert.equal((await keepText('learnt-late')).kind, 'refused')
    assert.equal((await keepRequest([['X-Note', 'learnt-late']])).kind, 'refused')
    assert.equal((await keepRequest([], 'http://a/learnt-late')).kind, 'refused')
  })

  it('has no reference that a peer wrote: it would have a secret of another profile sent', async () => {
    const other = token.replace('token', 'other')
    assert.equal((await keepText(`{"token":"${other}"}`)).kind, 'refused')
    assert.equal((await keepText(`{"token":"\${secret:input:other}"}`)).kind, 'refused')
    // What a session finds by itself has such a name.
    assert.equal((await keepText(`{"password":"\${secret:body-password}"}`)).kind, 'message')
    assert.equal((await keepRequest([], `http://a/b?c=${other}`)).kind, 'refused')
    assert.equal((await keepRequest([], `http://a/b?c=${token}`)).kind, 'request')
    // As a redirect may say.
    assert.equal((await keepRequest([], `http://b/?c=${token}`)).kind, 'refused')
  })

  it('is a request without what a client writes for its connection', async () => {
    const kept = await keepRequest([
      ['Host', 'a'],
      ['Content-Length', '2'],
      ['X-Key', '1'],
      ['Authorization', `Bearer ${token}`],
    ])
    assert.deepEqual(kept, {
      kind: 'request',
      request: {
        request: 'POST',
        url: 'http://a/b?c=1',
        headers: [
          ['X-Key', '1'],
          ['Authorization', `Bearer ${token}`],
        ],
        body: '{}',
      },
    })
    assert.equal(
      (await keepRequest([['Authorization', 'Bearer abcdefgh12345678']])).kind,
      'refused',
    )
    assert.equal((await keepRequest([['Authorization', `Basic me:${token}`]])).kind, 'refused')
  })
})
