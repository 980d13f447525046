// Redirects to another origin: no file, no secret in any form, no exemption from certificates goes there.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { createTransport } from '../../../src/engine/createTransport.ts'
import { sendCompanion } from '../../../src/engine/transports/http/companion.ts'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { spellings } from '../../support/samples/spellings.ts'
import { allowUntrusted, testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { answer, startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

const httpMethods = ['polling', 'long-polling', 'sse'] as const
const secret = 'hunter2/+=&"é'

describe('A redirect to another origin', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-redirect-'))
  const bodyFile = join(folder, 'body.txt')
  let stranger: TestHttpServer
  let server: TestHttpServer

  before(async () => {
    writeFileSync(bodyFile, 'of the file')
    stranger = await startHttpServer({ '/': answer(200, [], 'thanks') })
    const away = (status: number) => answer(status, [`Location: ${stranger.origin}/`])
    server = await startHttpServer({
      '/303': away(303),
      '/307': away(307),
      '/308': away(308),
      '/near': answer(307, ['Location: /307']),
    })
  })
  after(async () => {
    await Promise.all([stranger.close(), server.close()])
    rmSync(folder, { recursive: true })
  })

  async function run(endpoint: Endpoint) {
    const io = createRecordingIo()
    const transport = createTransport({
      ...testOptions(endpoint),
      secrets: [{ name: 'secret', value: secret }],
    })
    const asked = stranger.requests.length
    await transport.connect(io)
    await transport.close()
    return { codes: io.all('error').map(({ code }) => code), came: stranger.requests.slice(asked) }
  }

  for (const method of httpMethods) {
    const endpoint = (path: string, fields: Partial<Endpoint>) =>
      testEndpoint({ url: `${server.origin}${path}`, method, request: 'POST', ...fields })

    for (const path of ['/307', '/308', '/near']) {
      it(`of ${path} is refused where ${method} sends a file`, async () => {
        const { codes, came } = await run(endpoint(path, { bodyFile }))
        assert.deepEqual([codes, came], [['redirect-refused'], []])
        assert.equal(String(server.requests.at(-1)?.body), 'of the file')
      })

      it(`of ${path} is refused where ${method} sends a secret, whatever its form`, async () => {
        for (const [form, write] of spellings) {
          const { codes, came } = await run(endpoint(path, { body: `<${write(secret)}>` }))
          assert.deepEqual([codes, came], [['redirect-refused'], []], form)
        }
      })
    }

    it(`is followed by ${method} without a body that it drops`, async () => {
      const { came } = await run(endpoint('/303', { bodyFile }))
      assert.deepEqual(
        came.map((request) => [request.method, String(request.body)]),
        [['GET', '']],
      )
    })

    it(`is followed by ${method} with a body that holds nothing of the kind`, async () => {
      const { came } = await run(endpoint('/307', { body: 'hello' }))
      assert.deepEqual(
        came.map(({ body }) => String(body)),
        ['hello'],
      )
    })
  }
})

describe('A certificate that is not trusted', () => {
  const certificate = makeCertificate({
    name: 'self',
    addresses: ['127.0.0.1'],
    hosts: ['localhost'],
  })
  let other: TestHttpServer
  let server: TestHttpServer
  const elsewhere = () => other.origin.replace('127.0.0.1', 'localhost')

  before(async () => {
    other = await startHttpServer({ '/': answer(200, [], 'secure') }, certificate)
    server = await startHttpServer(
      {
        '/elsewhere': (request) => answer(302, [`Location: ${elsewhere()}/`])(request),
        '/port': (request) => answer(302, [`Location: ${other.origin}/`])(request),
      },
      certificate,
    )
  })
  after(() => Promise.all([other.close(), server.close()]))

  for (const method of httpMethods) {
    it(`is accepted by ${method} of the endpoint’s own host alone`, async () => {
      for (const [path, count] of [
        ['/elsewhere', 0],
        ['/port', 1],
      ] as const) {
        const io = createRecordingIo()
        const endpoint = testEndpoint({ url: server.origin + path, method, ...allowUntrusted })
        const transport = createTransport(testOptions(endpoint))
        const asked = other.requests.length
        await transport.connect(io)
        await transport.close()
        assert.equal(other.requests.length - asked, count)
        if (count > 0) continue
        const [error] = io.all('error')
        assert.equal(error?.code, 'tls-untrusted')
        assert.match(error?.detail.advice ?? '', /holds for the endpoint’s own host alone/)
      }
    })
  }

  it('is accepted by a request beside a stream of the endpoint’s own host alone', async () => {
    const url = server.origin.replace('https', 'wss')
    const endpoint = testEndpoint({ url, method: 'websocket', ...allowUntrusted })
    for (const [to, code] of [
      [`${server.origin}/port`, undefined],
      [`${elsewhere()}/`, 'tls-untrusted'],
      [`${server.origin}/elsewhere`, 'tls-untrusted'],
    ] as const) {
      const io = createRecordingIo()
      const request = { request: 'GET', url: to, headers: [], body: null }
      await sendCompanion(request, testOptions(endpoint), io)
      assert.equal(io.all('error')[0]?.code, code)
    }
  })
})
