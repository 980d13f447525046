// Query, credentials and a body from a file: what each method sends of them, and to whom not.

import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'mocha'
import { createTransport } from '../../../src/engine/createTransport.ts'
import type { Auth, Endpoint, Method } from '../../../src/shared/endpoint/endpoint.ts'
import { allMethods } from '../../../src/shared/endpoint/methods.ts'
import { defaultLimits } from '../../../src/shared/limits.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { answer, type HttpBehaviour, startHttpServer } from '../../support/servers/httpServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

/** The requests of one connection that is answered 404, so that each method ends by itself. */
async function requestsOf(
  method: Method,
  fields: Partial<Endpoint>,
  path = '/',
  behaviour: HttpBehaviour = answer(404),
) {
  const server = await startHttpServer({ '/': behaviour })
  const scheme = method === 'websocket' ? 'ws' : 'http'
  const url = `${scheme}://${server.host}${path}`
  const transport = createTransport(testOptions(testEndpoint({ url, method, ...fields })))
  const io = createRecordingIo()
  const outcome = await transport.connect(io)
  await transport.close()
  await server.close()
  return { io, outcome, requests: server.requests }
}

const key = { type: 'apiKey', name: 'X-Thing', value: 'k/1' } as const

const auths: readonly (readonly [string, Auth, string, string])[] = [
  ['a bearer token', { type: 'bearer', token: 't0ken' }, 'authorization', 'Bearer t0ken'],
  [
    'user and password, as UTF-8',
    { type: 'basic', user: 'mé', password: 'p:w' },
    'authorization',
    `Basic ${Buffer.from('mé:p:w').toString('base64')}`,
  ],
  ['an API key in a header', { ...key, in: 'header' }, 'x-thing', 'k/1'],
]

for (const method of allMethods) {
  describe(`A request of ${method}`, () => {
    for (const [title, auth, name, value] of auths) {
      it(`carries ${title}`, async () => {
        const { requests } = await requestsOf(method, { auth })
        assert.equal(requests[0]?.header(name), value)
      })
    }

    it('asks for the URL as it is written: its empty query, marks and slashes', async () => {
      for (const [path, target = path] of [
        ['/?'],
        ['/a?#b', '/a?'],
        ['/a#?', '/a'],
        ['//a//b/?'],
        ['/%zz|;=~!?a&&b&=&%zz|&'],
        ['/a%2Fb?c?d'],
        ['?', '/?'],
      ] as const) {
        const { io, requests } = await requestsOf(method, {}, path)
        assert.equal(requests[0]?.target, target)
        const [detail] = io.all('request').map((frame) => frame.detail)
        assert.equal(detail?.target, target)
      }
    })

    it('carries more of a query behind an empty one, and behind a mark at its end', async () => {
      const query = [['c', '1']] as const
      for (const [path, target] of [
        ['/?', '/?c=1'],
        ['/?a&', '/?a&c=1'],
        ['/?a&&b', '/?a&&b&c=1'],
      ] as const) {
        assert.equal((await requestsOf(method, { query }, path)).requests[0]?.target, target)
      }
    })

    it('carries the query after that of the URL, which stays as it was written', async () => {
      const query = [
        ['a b', 'ü&'],
        ['a', '2'],
        ['a', '3'],
      ] as const
      const { requests } = await requestsOf(method, { query }, '/?x=%20+y&z')
      assert.equal(requests[0]?.target, '/?x=%20+y&z&a+b=%C3%BC%26&a=2&a=3')
    })

    it('carries an API key in the query, once', async () => {
      const auth: Auth = { ...key, in: 'query' }
      assert.equal((await requestsOf(method, { auth })).requests[0]?.target, '/?X-Thing=k%2F1')
      const own = await requestsOf(method, { auth }, '/?X-Thing=mine')
      assert.equal(own.requests[0]?.target, '/?X-Thing=mine')
    })

    it('keeps a header that the user wrote', async () => {
      const { requests } = await requestsOf(method, {
        auth: { type: 'bearer', token: 't' },
        headers: [['authorization', 'Mine own']],
      })
      assert.deepEqual(requests[0]?.head.match(/^authorization: .*/gim), [
        'authorization: Mine own',
      ])
    })
  })
}

describe('Credentials', () => {
  it('go along to the same origin, and to no other', async () => {
    const other = await startHttpServer({ '/': answer(404) })
    const auth: Auth = { ...key, in: 'header' }
    const { requests } = await requestsOf('polling', { auth }, '/', (request) =>
      answer(302, [`Location: ${request.nth === 0 ? '/?again' : `http://${other.host}/`}`])(
        request,
      ),
    )
    await other.close()
    assert.deepEqual(
      requests.map((request) => request.header('x-thing')),
      ['k/1', 'k/1'],
    )
    assert.equal(other.requests[0]?.header('x-thing'), null)
  })
})

describe('A body from a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-body-'))
  after(() => rmSync(folder, { recursive: true }))
  const bytes = Buffer.from([0, 255, 13, 10, 200])
  const bodyFile = join(folder, 'body.bin')

  for (const method of allMethods.filter((one) => one !== 'websocket')) {
    it(`leaves byte by byte: ${method}`, async () => {
      writeFileSync(bodyFile, bytes)
      const { requests, io } = await requestsOf(method, { request: 'POST', bodyFile })
      assert.deepEqual(requests[0]?.body, bytes)
      assert.deepEqual(Buffer.from(io.all('request')[0]?.payload ?? []), bytes)
    })
  }

  it('is read for each request', async () => {
    const server = await startHttpServer({ '/': answer(200) })
    const fields = { url: server.origin, method: 'polling', request: 'PUT', bodyFile } as const
    const transport = createTransport(testOptions(testEndpoint(fields)))
    for (const text of ['one', 'two']) {
      writeFileSync(bodyFile, text)
      await transport.connect(createRecordingIo())
    }
    await transport.close()
    await server.close()
    assert.deepEqual(
      server.requests.map(({ body }) => body.toString()),
      ['one', 'two'],
    )
  })

  const mistakes = [
    [join(folder, 'none'), /does not exist/],
    [folder, /is a folder/],
  ] as const
  for (const [path, words] of mistakes) {
    it(`is told when it ${words.source}`, async () => {
      const { io, outcome, requests } = await requestsOf('polling', { bodyFile: path })
      const [error] = io.frames
      assert.ok(error?.kind === 'error')
      assert.equal(error.code, 'file-not-readable')
      assert.match(error.detail.message, words)
      assert.equal(outcome.kind, 'refused')
      assert.equal(requests.length, 0)
    })
  }

  it('is told when it is too large', async () => {
    writeFileSync(bodyFile, 'twelve bytes')
    const endpoint = testEndpoint({ url: 'http://127.0.0.1:1/', method: 'sse', bodyFile })
    const limits = { ...defaultLimits, messageBytes: 11 }
    const transport = createTransport(testOptions(endpoint, limits))
    const io = createRecordingIo()
    assert.equal((await transport.connect(io)).kind, 'refused')
    assert.match(io.all('error')[0]?.detail.message ?? '', /larger than 11 B/)
    await transport.close()
  })
})
