// Answers of VS Code about the network: its proxy settings and the system's certificates.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { ConfigurationTarget, workspace } from 'vscode'
import { createNetworkFinder } from '../../src/host/variables/networkFinder.ts'
import { parseEndpoint } from '../../src/shared/profile/parseEndpoint.ts'
import { eventually } from '../support/eventually.ts'

const set = 'http://proxy.test:3128'

describe('the network as VS Code has it', () => {
  const faults: unknown[] = []
  const network = createNetworkFinder({
    fault: (_what, error) => faults.push(error),
    show: () => {},
    dispose: () => {},
  })
  const http = () => workspace.getConfiguration('http')
  before(() => http().update('proxy', set, ConfigurationTarget.Global))
  after(() => http().update('proxy', undefined, ConfigurationTarget.Global))

  async function settingsFor(url: string, proxy = 'auto') {
    const method = url.startsWith('ws') ? 'websocket' : 'sse'
    const parsed = parseEndpoint({ url, method, proxy })
    assert.ok(parsed.ok)
    return network.settingsFor(parsed.value)
  }

  for (const url of ['https://example.test/', 'http://example.test/', 'wss://example.test/']) {
    it(`sends ${url} through the proxy that is set`, async () => {
      await eventually('VS Code knows of the setting', async () => {
        return (await settingsFor(url)).proxyUrl?.replace(/\/$/, '') === set
      })
    })
  }

  it('goes direct to localhost', async () => {
    assert.equal((await settingsFor('ws://localhost:8080/')).proxyUrl, null)
  })

  it('goes direct where the profile says so', async () => {
    assert.equal((await settingsFor('https://example.test/', 'none')).proxyUrl, null)
  })

  it('goes through the proxy that the profile names', async () => {
    const own = 'http://user:secret@own.test:8080'
    assert.equal((await settingsFor('https://example.test/', own)).proxyUrl, own)
  })

  it('hands over the system’s certificates for TLS, and none without it', async () => {
    const { caPems } = await settingsFor('wss://localhost/')
    assert.ok(caPems)
    for (const pem of caPems) assert.match(pem, /^-----BEGIN CERTIFICATE-----/)
    assert.equal((await settingsFor('ws://localhost/')).caPems, null)
    assert.deepEqual(faults, [])
  })
})
