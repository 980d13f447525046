// The command line asks for what a pasted command asks for, and says on standard error what it does not follow.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { runCommand } from '../../support/sessions/commandLine.ts'

describe('a command after --curl', () => {
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer({ '/': answer(200, [], 'x') })
  })
  after(() => server.close())

  const watch = (command: string) =>
    runCommand('watch', '--curl', command, '--method', 'polling', '--frames', '2')

  it('is asked for, with what is not followed on standard error', async () => {
    const { status, stderr } = await watch(`curl --http3 ${server.origin}/ -H 'X-Room: lobby'`)
    assert.deepEqual(
      [status, stderr],
      [0, 'lifeline: --http3 is not followed: Lifeline asks by HTTP/1.1 or HTTP/2.\n'],
    )
    assert.equal(server.requests.at(-1)?.header('x-room'), 'lobby')
  })

  it('may have a here-document, and be a call', async () => {
    const body = '{ "price": "$5" }'
    await watch(`curl ${server.origin}/ --data-binary @- <<'EOF'\n${body}\nEOF\n`)
    assert.match(server.requests.at(-1)?.head ?? '', /^POST .*^content-length: 18$/ims)
    const { status } = await watch(`fetch("${server.origin}/", { headers: { "x-room": "attic" } })`)
    assert.equal(status, 0)
    assert.equal(server.requests.at(-1)?.header('x-room'), 'attic')
  })

  it('ends with 2 and one sentence where it cannot be followed', async () => {
    const { status, stdout, stderr } = await watch('curl -H “A: b” http://127.0.0.1/')
    assert.deepEqual([status, stdout], [2, ''])
    assert.match(stderr, /^lifeline: --curl: Replace the curly quotes[^\n]+\n$/)
  })
})
