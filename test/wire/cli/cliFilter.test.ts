// The command line prints only what a filter finds, while it watches.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { startWsServer, type TestWsServer } from '../../support/servers/wsServer.ts'
import { runCommand } from '../../support/sessions/commandLine.ts'

describe('lifeline watch --filter', function () {
  this.timeout(30_000)
  let server: TestWsServer
  before(async () => {
    server = await startWsServer({
      accepted: {
        '/': (ws) => {
          for (let price = 1; price <= 100; price++)
            ws.send(`{"type":"${price % 2 === 0 ? 'trade' : 'chat'}","price":${price}}`)
          ws.close(1000, 'that is all')
        },
      },
    })
  })
  after(() => server.close())

  it('prints the frames that match, and the end', async () => {
    const words = ['watch', server.url('/'), '--format', 'ndjson', '--filter']
    const { stdout, status } = await runCommand(...words, 'type:trade $.price > 90')
    const rows = stdout.trim().split('\n')
    const lines = rows.map(
      (line) => JSON.parse(line) as { seq: number; kind: string; text?: string },
    )
    assert.deepEqual(
      lines.map(({ kind }) => kind),
      ['message', 'message', 'message', 'message', 'message', 'end'],
    )
    assert.match(rows[0] ?? '', /92/)
    assert.equal(status, 0)
  })

  it('counts those alone for --frames', async () => {
    const words = ['watch', server.url('/'), '--frames', '2', '--format', 'ndjson']
    const { stdout } = await runCommand(...words, '--filter', '$.price >= 50')
    assert.equal(stdout.match(/"kind":"message"/g)?.length, 2)
  })

  it('shows where a filter has a mistake', async () => {
    const { stderr, status } = await runCommand(
      'watch',
      server.url('/'),
      '--filter',
      'trade dir:up',
    )
    assert.equal(status, 2)
    assert.equal(
      stderr,
      [
        'lifeline: Correct --filter: `dir:` takes in, out or local.',
        'lifeline:   trade dir:up',
        'lifeline:             ^^\n',
      ].join('\n'),
    )
  })
})
