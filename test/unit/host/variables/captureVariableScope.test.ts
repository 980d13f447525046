// Variables that a capture of no profile may use when it is connected again.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import {
  captureVariableScope,
  isCapturedFrom,
} from '../../../../src/host/variables/captureVariableScope.ts'
import type { Endpoint } from '../../../../src/shared/endpoint/endpoint.ts'
import { accept } from '../../../support/samples/resolveEndpoint.ts'

function endpoint(fields: Record<string, unknown>): Endpoint {
  return accept({ url: 'https://a.example/x', method: 'polling', ...fields })
}

describe('a capture that no profile made', () => {
  for (const [url, owner] of [
    ['https://a.example/x?token=${secret:query-token}', 'https://a.example'],
    ['https://me:${secret:url-password}@a.example:8443/', 'https://a.example:8443'],
    ['http://[::1]:7411/poll', 'http://[::1]:7411'],
    ['unix:/run/a.sock:/x?n=1', 'unix:/run/a.sock:/x'],
    // A backslash ends the host as a slash does.
    ['https://b.example\\@a.example/', 'https://b.example'],
    ['https://b.example/@a.example/', 'https://b.example'],
    ['https://b.example?@a.example/', 'https://b.example'],
    ['https://b.example#@a.example/', 'https://b.example'],
    ['https://me:${secret:of/a@b}@a.example/', 'https://a.example'],
  ] as const) {
    it(`has secrets of its own server for ${url}`, () => {
      assert.equal(captureVariableScope(endpoint({ url }), true).secretOwner, owner)
    })
  }

  for (const [fields, owner] of [
    [{ proxy: 'http://me:pw@b.example:1' }, 'https://a.example, http://b.example:1'],
    [{ proxy: 'none' }, 'https://a.example'],
    [{ tls: { allowUntrusted: true } }, 'https://a.example, any server'],
    [{ tls: { ca: '/a.pem' } }, 'https://a.example, any server'],
    [{ tls: { fingerprint: 'ab'.repeat(32) } }, 'https://a.example, any server'],
    [{ requests: [{ name: 'A', url: '/a?b' }] }, 'https://a.example'],
    [{ requests: [{ name: 'A', url: 'https://a.example/b' }] }, 'https://a.example'],
    [
      { requests: [{ name: 'A', url: 'https://b.example/b' }] },
      'https://a.example, https://b.example',
    ],
    [{ requests: [{ name: 'A', url: '//b.example/b' }] }, 'https://a.example, //b.example/b'],
    [{ requests: [{ name: 'A', url: '/\\b.example' }] }, 'https://a.example, /\\b.example'],
  ] as const) {
    it(`has secrets of all who may read them: ${JSON.stringify(fields)}`, () => {
      assert.equal(captureVariableScope(endpoint(fields), true).secretOwner, owner)
    })
  }

  for (const fields of [
    { headers: { A: '${env:HOME}' } },
    { body: '${config:http.proxy}' },
    { url: 'https://a.example/${workspaceFolder}' },
    { request: 'POST', bodyFile: '/etc/passwd' },
    { tls: { ca: '/a.pem' } },
  ]) {
    it(`takes nothing of the machine where the workspace is not trusted: ${JSON.stringify(fields)}`, () => {
      assert.equal(captureVariableScope(endpoint(fields), false).trusted, false)
      assert.equal(captureVariableScope(endpoint(fields), true).trusted, undefined)
    })
  }

  it('is tapped only in a workspace that is trusted', () => {
    const tap = accept({ url: 'https://a.example/x', tap: {} })
    assert.equal(captureVariableScope(tap, false).trusted, false)
    assert.equal(captureVariableScope(tap, true).trusted, undefined)
  })

  it('reaches this machine only where the user says so, in a workspace that is not trusted', () => {
    assert.equal(captureVariableScope(endpoint({}), false).asksForNear, true)
    assert.equal(captureVariableScope(endpoint({}), true).asksForNear, undefined)
  })

  it('is a profile’s where it leads to the same peers, whatever else has changed', () => {
    const profile = endpoint({ headers: { A: '${secret:a}' } })
    assert.ok(isCapturedFrom(profile, endpoint({ headers: { B: '${secret:a}' } })))
    assert.ok(!isCapturedFrom(profile, endpoint({ url: 'https://a.example/y' })))
    assert.ok(!isCapturedFrom(profile, endpoint({ proxy: 'http://b.example' })))
    assert.ok(!isCapturedFrom(profile, endpoint({ tls: { allowUntrusted: true } })))
    assert.ok(
      !isCapturedFrom(profile, endpoint({ requests: [{ name: 'A', url: 'http://b.example' }] })),
    )
  })

  it('can be connected in any workspace when it takes nothing but secrets for its server', () => {
    const plain = endpoint({ headers: { Authorization: 'Bearer ${secret:authorization}' } })
    assert.equal(captureVariableScope(plain, false).trusted, undefined)
  })
})
