// Header values beyond ASCII: which bytes leave, and what is recorded of them.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { createTransport } from '../../../src/engine/createTransport.ts'
import { sendCompanion } from '../../../src/engine/transports/http/companion.ts'
import type { Endpoint, Method } from '../../../src/shared/endpoint/endpoint.ts'
import { allMethods } from '../../../src/shared/endpoint/methods.ts'
import { testEndpoint, testOptions } from '../../support/samples/testEndpoint.ts'
import { startProxy } from '../../support/servers/connectProxy.ts'
import { startHttp2Server } from '../../support/servers/http2Server.ts'
import {
  answer,
  type HttpBehaviour,
  inTurn,
  raw,
  startHttpServer,
} from '../../support/servers/httpServer.ts'
import { createRecordingIo } from '../../support/sessions/recordingIo.ts'

/** The test server reads heads as Latin-1. */
const sent = (text: string) => Buffer.from(text).toString('latin1')

/** `turns` connections; what each request had of the fields, and what is recorded of the last. */
async function requests(
  method: Method,
  fields: Partial<Endpoint>,
  behaviour: HttpBehaviour = answer(404),
  turns = 1,
) {
  const server = await startHttpServer({ '/': behaviour })
  const url = `${method === 'websocket' ? 'ws' : 'http'}://${server.host}/`
  const transport = createTransport(testOptions(testEndpoint({ url, method, ...fields })))
  const io = createRecordingIo()
  for (let i = 0; i < turns; i++) await transport.connect(io)
  await transport.close()
  await server.close()
  assert.deepEqual(
    io.all('error').filter(({ code }) => code === 'request-invalid'),
    [],
  )
  const recorded = io.all('request').at(-1)?.detail.headers ?? []
  return { got: server.requests, recorded: new Map(recorded), io }
}

const cities = ['Zürich', '北京', 'E\u0301', '🚲', 'caf\u00e9 \u00a0']

for (const method of allMethods) {
  describe(`A header of ${method}`, () => {
    it('is sent as UTF-8 and recorded as text', async () => {
      for (const city of cities) {
        const value = `${city}!`
        const { got, recorded } = await requests(method, { headers: [['X-City', value]] })
        assert.equal(got[0]?.header('x-city'), sent(value))
        assert.equal(recorded.get('X-City'), value)
      }
    })

    it('is sent as UTF-8 where a credential makes it', async () => {
      const key = { type: 'apiKey', name: 'X-Key', value: 'ключ', in: 'header' } as const
      assert.equal((await requests(method, { auth: key })).got[0]?.header('x-key'), sent('ключ'))
      const { got } = await requests(method, { auth: { type: 'bearer', token: 'tökén' } })
      assert.equal(got[0]?.header('authorization'), sent('Bearer tökén'))
    })

    it('has the bytes of cookies as they were set', async () => {
      const refuse = inTurn(
        answer(503, ['Set-Cookie: a=Zo\xeb', `Set-Cookie: b=${sent('Zoë')}`, 'Retry-After: 0']),
        answer(404),
      )
      const fields = { headers: [['Cookie', 'own=ü']], cookies: true } as const
      const { got } = await requests(method, fields, refuse, 2)
      assert.equal(got[1]?.header('cookie'), `${sent('own=ü')}; a=Zo\xeb; b=${sent('Zoë')}`)
    })
  })
}

for (const method of allMethods) {
  describe(`A header that comes over ${method}`, () => {
    it('is text where its bytes are UTF-8, and otherwise a character for each byte, and says so', async () => {
      const head = [
        'HTTP/1.1 404 Не найдено',
        'X-Plain: a',
        'X-City: Zürich 北京 🚲',
        'X-Latin: Z\udcfcrich',
        'Transfer-Encoding: chunked',
      ]
      const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n0\r\nX-Sum: Σ\r\n\r\n`)
      // The mark stands for a byte that is no UTF-8.
      const at = bytes.indexOf(Buffer.from('\ufffd'))
      const came = Buffer.concat([bytes.subarray(0, at), Buffer.of(0xfc), bytes.subarray(at + 3)])
      const { io } = await requests(method, {}, raw(came))
      const detail = io.all('response')[0]?.detail
      assert.equal(detail?.statusText, 'Не найдено')
      assert.deepEqual(detail?.headers.slice(0, 3), [
        ['X-Plain', 'a'],
        ['X-City', 'Zürich 北京 🚲'],
        ['X-Latin', 'Zürich'],
      ])
      assert.deepEqual(detail?.latin1, [2])
      assert.deepEqual(detail?.trailers, [['X-Sum', 'Σ']])
    })
  })
}

describe('A header beyond ASCII', () => {
  it('goes through a proxy', async () => {
    const proxy = await startProxy()
    for (const method of ['polling', 'websocket'] as const) {
      const headers = [['X-City', '北京']] as const
      const { got, recorded } = await requests(method, { headers, proxy: proxy.url })
      assert.equal(got[0]?.header('x-city'), sent('北京'))
      assert.equal(recorded.get('X-City'), '北京')
    }
    await proxy.close()
  })

  it('comes over HTTP/2 as text, too', async () => {
    const server = await startHttp2Server(({ stream }) => {
      stream.respond({ ':status': 404, 'x-city': sent('北京'), 'x-latin': 'Z\xfcrich' })
      stream.end()
    })
    const url = `${server.origin}/`
    const transport = createTransport(
      testOptions(testEndpoint({ url, method: 'polling', httpVersion: '2' })),
    )
    const io = createRecordingIo()
    await transport.connect(io)
    await transport.close()
    await server.close()
    const headers = new Map(io.all('response')[0]?.detail.headers)
    assert.deepEqual([headers.get('x-city'), headers.get('x-latin')], ['北京', 'Zürich'])
  })

  it('goes with a companion request', async () => {
    const server = await startHttpServer({ '/': answer(200) })
    const options = testOptions(testEndpoint({ url: server.origin, method: 'sse' }))
    const headers = [['X-City', 'Zürich']] as const
    const io = createRecordingIo()
    await sendCompanion({ request: 'GET', url: '/', headers, body: null }, options, io)
    await server.close()
    assert.equal(server.requests[0]?.header('x-city'), sent('Zürich'))
  })

  for (const [title, bytes, text] of [
    ['UTF-8', sent('höhe'), 'höhe'],
    ['Latin-1', 'h\xf6he', 'höhe'],
  ] as const) {
    it(`comes back as it came where it is a cursor in ${title}`, async () => {
      const cursor = {
        from: { kind: 'header', name: 'X-At' },
        to: { kind: 'header', name: 'X-From' },
      } as const
      const behaviour = answer(200, [`X-At: ${bytes}`], 'data')
      const { got, io } = await requests('long-polling', { cursor }, behaviour, 2)
      assert.equal(got[1]?.header('x-from'), bytes)
      assert.equal(io.all('response')[0]?.detail.cursor?.to, text)
    })
  }

  it('of JSON is a cursor that a header can carry', async () => {
    const cursor = {
      from: { kind: 'json', path: 'at' },
      to: { kind: 'header', name: 'X-From' },
    } as const
    const { got } = await requests('long-polling', { cursor }, answer(200, [], '{"at":"北"}'), 2)
    assert.equal(got[1]?.header('x-from'), sent('北'))
  })
})
