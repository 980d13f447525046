// A short secret is hidden where it was put and in whole values, and breaks up nothing else.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { startCommand } from '../../support/sessions/commandLine.ts'

describe('A short secret', function () {
  this.timeout(30_000)
  let server: TestHttpServer
  before(async () => {
    const json = 'Content-Type: application/json'
    server = await startHttpServer({
      '/admin/status': answer(
        200,
        [json, 'X-Served-By: admin-api/1.1'],
        '{"path":"/admin/status","page":1}',
      ),
      '/echo/1': (request) => {
        const said = { authorization: request.header('authorization'), page: 1 }
        answer(200, [json], JSON.stringify(said))(request)
      },
    })
  })
  after(() => server.close())

  async function framesOf(path: string, ...words: readonly string[]) {
    const args = ['watch', `${server.origin}${path}`, '--method', 'polling', '--for', '500ms']
    const { stdout } = await startCommand([...args, ...words, '--format', 'ndjson']).finished
    return {
      stdout,
      frames: stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line)),
    }
  }

  it('leaves paths, names and answers that only hold the same word', async () => {
    const { frames } = await framesOf('/admin/status', '--user', 'admin:admin')
    const [request, response] = frames
    assert.equal(request.detail.target, '/admin/status')
    assert.equal(response.payload, '{"path":"/admin/status","page":1}')
    assert.ok(response.detail.headers.some(([, value]: string[]) => value === 'admin-api/1.1'))
    assert.match(JSON.stringify(request.detail.headers), /auth-password/)
  })

  it('leaves versions, addresses, dates and figures as they were measured', async () => {
    const { frames, stdout } = await framesOf('/echo/1', '--user', 'me:1')
    const [request, response] = frames
    assert.equal(request.detail.target, '/echo/1')
    assert.equal(request.detail.httpVersion, '1.1')
    assert.equal(response.detail.httpVersion, '1.1')
    assert.match(response.detail.remoteAddress, /^127\.0\.0\.1/)
    assert.equal(JSON.parse(response.payload).page, 1)
    assert.doesNotMatch(stdout, new RegExp(Buffer.from('me:1').toString('base64')))
  })

  it('is hidden where it was sent and where the server says it back', async () => {
    const { frames } = await framesOf('/echo/1', '--bearer', 'e')
    const [request, response] = frames
    const sent = request.detail.headers.find(([name]: string[]) =>
      /^authorization$/i.test(name ?? ''),
    )
    const hidden = ['Bearer $', '{secret:auth-token}'].join('')
    assert.equal(sent?.[1], hidden)
    assert.equal(JSON.parse(response.payload).authorization, hidden)
    assert.equal(server.requests.at(-1)?.header('authorization'), 'Bearer e')
  })

  it('leaves what Lifeline says as it is', async () => {
    const nobody = await startHttpServer({})
    await nobody.close()
    const { stderr } = await startCommand([
      ...['watch', nobody.origin, '--method', 'polling', '--bearer', 'e', '--no-reconnect'],
    ]).finished
    assert.match(stderr, /Nothing accepts connections/)
    assert.doesNotMatch(stderr, /secret:/)
  })
})
