// A secret is not printed, said or kept by the command line.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { assertClean } from '../../support/assertClean.ts'
import { echoBehaviours } from '../../support/servers/echoBehaviours.ts'
import { startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'

const reference = ['$', '{secret:token}'].join('')
const plainValue = 'Hunter2-plain-value'

describe('A secret on the command line', function () {
  this.timeout(30_000)
  let server: TestHttpServer
  let folder = ''
  before(async () => {
    server = await startHttpServer(echoBehaviours)
    folder = mkdtempSync(join(tmpdir(), 'lifeline-secret-'))
    mkdirSync(join(folder, '.vscode'))
    mkdirSync(join(folder, 'captures'))
  })
  after(async () => {
    await server.close()
    rmSync(folder, { recursive: true })
  })

  const rows = [
    ['/chat', 'websocket', 'ndjson'],
    [`/hook/${reference}`, 'sse', 'ascii'],
    ['/status', 'polling', 'mermaid'],
  ] as const
  for (const [path, method, format] of rows) {
    it(`is not printed, said or kept: ${format}`, async () => {
      const scheme = method === 'websocket' ? server.origin.replace('http', 'ws') : server.origin
      const words = ['watch', `${scheme}${path}`, '--method', method, '-H', `X-Key: ${reference}`]
      const more = method === 'websocket' ? ['--send', reference] : []
      const capture = join(folder, 'captures', `${format}.lifeline`)
      const { status, stdout, stderr } = await startCommand(
        [...words, ...more, '--format', format, '--capture', capture],
        { cwd: folder, env: { LIFELINE_SECRET_TOKEN: plainValue } },
      ).finished
      assert.equal(status, 1)
      assert.match(stderr, /^lifeline: The server [^\n]+\n(lifeline: [^\n]+\n)?$/)
      assertClean('standard output', stdout, plainValue)
      assertClean('standard error', stderr, plainValue)
      for (const name of readdirSync(join(folder, 'captures'))) {
        assertClean(name, readFileSync(join(folder, 'captures', name)), plainValue)
      }
      assert.equal(server.requests.at(-1)?.header('x-key'), plainValue)
    })
  }

  it('is not said where it makes the URL a wrong one', async () => {
    writeFileSync(
      join(folder, '.vscode', 'lifeline.json'),
      JSON.stringify({
        profiles: [{ name: 'P', url: `ws://h:${reference}/`, method: 'websocket' }],
      }),
    )
    const { status, stdout, stderr } = await startCommand(['watch', '--profile', 'P'], {
      cwd: folder,
      env: { LIFELINE_SECRET_TOKEN: plainValue },
    }).finished
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /Change the port after the host/)
    assertClean('standard error', stderr, plainValue)
  })
})
