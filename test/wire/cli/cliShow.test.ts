// The command line shows fields of JSON in the rows that it prints, while it watches and of a capture.

import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { runCommand } from '../../support/sessions/commandLine.ts'

const trade =
  '{"type":"trade","symbol":"BTC-EUR","price":70477.50,"maker":{"id":12345678901234567890,"venue":"west"}}'

describe('--show', function () {
  this.timeout(30_000)
  let server: TestHttpServer
  let folder = ''
  before(async () => {
    server = await startHttpServer({ '/': answer(200, ['Content-Type: application/json'], trade) })
    folder = await mkdtemp(join(tmpdir(), 'lifeline-show-'))
  })
  after(async () => {
    await server.close()
    await rm(folder, { recursive: true })
  })

  it('puts the fields into the rows of diagrams, and keeps them in the capture', async () => {
    const capture = join(folder, 'kept.lifeline')
    const words = [
      'watch',
      `${server.origin}/`,
      '--method',
      'polling',
      '--frames',
      '2',
      '--width',
      '100',
    ]
    const watched = await runCommand(...words, '--show', 'price maker.venue', '--capture', capture)
    const row = /<--- 200 Status 200 {2}trade {2}price 70477\.50 {2}maker\.venue west -/
    assert.match(watched.stdout, row)
    assert.match((await runCommand('show', capture, '--width', '100')).stdout, row)
    const others = await runCommand('show', capture, '--show', 'symbol none', '--format', 'mermaid')
    assert.match(others.stdout, /S-->>C: 200 Status 200 {2}trade {2}symbol BTC-EUR\n/)
    const found = await runCommand(
      ...['show', capture, '--width', '100', '--filter', '$.price > 70000 dir:in'],
    )
    assert.doesNotMatch(found.stdout, /GET/)
    assert.match(found.stdout, row)
    // NDJSON has what the command line asks for.
    const ndjson = ['show', capture, '--format', 'ndjson']
    assert.doesNotMatch((await runCommand(...ndjson)).stdout, /"shown"/)
    const { stdout } = await runCommand(...ndjson, '--show', 'price,maker.id,none')
    const shown = [...stdout.matchAll(/"shown":\{.*?\}/g)].map(([found]) => found)
    assert.deepEqual(shown, ['"shown":{"price":70477.50,"maker.id":12345678901234567890}'])
  })
})
