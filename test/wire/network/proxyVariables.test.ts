// Proxies that variables of the environment name, on the command line: what is meant, and what cannot be read.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'

const unset = ['http', 'https', 'all', 'no'].flatMap((name) => [
  `${name}_proxy`,
  `${name.toUpperCase()}_PROXY`,
])

describe('A proxy in a variable', () => {
  /** Answers itself whatever it is asked for. */
  let proxy: TestHttpServer

  before(async () => {
    proxy = await startHttpServer({ '/': answer(200, [], 'by the proxy') })
  })
  after(() => proxy.close())

  async function watch(variables: Readonly<Record<string, string>>) {
    const env = Object.fromEntries(unset.map((name) => [name, undefined]))
    const words = ['watch', 'http://api.example.test/', '--method', 'polling']
    const command = startCommand(words, { env: { ...env, ...variables } })
    await Promise.race([command.seen('by the proxy'), command.finished])
    command.child.kill('SIGINT')
    const { stdout, stderr } = await command.finished
    return stdout + stderr
  }

  const forms: readonly (readonly [string, (host: string) => Readonly<Record<string, string>>])[] =
    [
      ['as host and port', (host) => ({ HTTP_PROXY: host })],
      ['in lower case', (host) => ({ http_proxy: host, HTTP_PROXY: '127.0.0.1:1' })],
      ['in quotes', (host) => ({ HTTP_PROXY: `"http://${host}"` })],
      ['for all', (host) => ({ ALL_PROXY: host })],
    ]
  for (const [title, variables] of forms) {
    it(`is asked: ${title}`, async () => {
      assert.match(await watch(variables(proxy.host)), /by the proxy/)
      assert.equal(proxy.requests.at(-1)?.target, 'http://api.example.test/')
    })
  }

  it('with credentials signs in, and they are told nowhere', async () => {
    const told = await watch({ HTTP_PROXY: `me:h1dden%21@${proxy.host}` })
    assert.equal(
      proxy.requests.at(-1)?.header('proxy-authorization'),
      `Basic ${btoa('me:h1dden!')}`,
    )
    assert.doesNotMatch(told, /h1dden/)
  })

  it('that cannot be read is told with its name and value, without credentials', async () => {
    const told = await watch({ HTTP_PROXY: 'ftp://me:h1dden@proxy.example:21' })
    assert.match(told, /variable HTTP_PROXY/)
    assert.match(told, /ftp:\/\/\*\*\*@proxy\.example:21/)
    assert.doesNotMatch(told, /h1dden/)
  })
})
