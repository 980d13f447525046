// A secret is sent and never recorded: not in the capture's files, not in exports, not in what is said about faults.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { after, before, describe, it } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint.ts'
import { resolveVariables } from '../../../src/shared/variables.ts'
import { assertClean } from '../../support/assertClean.ts'
import { startCommand } from '../../support/commandLine.ts'
import { startProxy } from '../../support/connectProxy.ts'
import {
  answer,
  type HttpBehaviour,
  type ReceivedRequest,
  startHttpServer,
  type TestHttpServer,
} from '../../support/httpServer.ts'
import {
  allMethods,
  endpointAt,
  profileAt,
  type RunOptions,
  runSession,
} from '../../support/runSession.ts'
import { makeCertificate } from '../../support/testCertificate.ts'
import { acceptHead } from '../../support/wsServer.ts'

const reference = ['$', '{secret:token}'].join('')
const value = 'hunter2/+=&"é'
/** A value that can stand in a path, a header and a host as it is. */
const plainValue = 'Hunter2-plain-value'

/** Runs the session with the secret in place of its references, and looks for it everywhere. */
async function runWithSecret(endpoint: Endpoint, secret: string, options: RunOptions = {}) {
  const answer = await resolveVariables(endpoint, async () => ({ value: secret }))
  assert.ok(answer.ok, JSON.stringify(answer))
  const { resolved, recorded, secrets } = answer.value
  const run = await runSession(resolved, { ...options, recorded, secrets })
  assertClean('the files', run.files, secret)
  assertClean('the exports', run.exported(), secret)
  assertClean('the frames', JSON.stringify(run.frames), secret)
  assertClean('the end', JSON.stringify([run.end, run.status]), secret)
  return run
}

const echoed = ({ target, head, body, header }: ReceivedRequest) =>
  `${target}\n${header('x-key')}\n${head}\n${body}\n${JSON.stringify({ body: String(body) })}\n${body.toString('base64')}`

const head = (status: string, ...fields: string[]) =>
  Buffer.from(
    ['HTTP/1.1', status].join(' ').concat('\r\n', fields.map((f) => `${f}\r\n`).join(''), '\r\n'),
    'latin1',
  )

const behaviours: Readonly<Record<string, HttpBehaviour>> = {
  '/echo': (request) => {
    const fields = ['Content-Type: text/event-stream', `X-Echo: ${request.header('x-key')}`]
    const lines = echoed(request).split('\n')
    const text = `${lines.map((line) => `data: ${line}\n`).join('')}id: ${lines[0]}\nevent: ${lines[1]}\n\n: ${lines[1]}\n\n`
    const body = gzipSync(request.header('accept') === 'text/event-stream' ? text : echoed(request))
    answer(200, [...fields, 'Content-Encoding: gzip'], body)(request)
  },
  '/chat': (request) => {
    const { socket } = request
    const key = request.header('sec-websocket-key') ?? ''
    socket.write(
      acceptHead({ headers: { 'sec-websocket-key': key } }, `X-Echo: ${request.header('x-key')}`),
      'latin1',
    )
    socket.once('data', (bytes) => {
      const mask = bytes.subarray(2, 6)
      const text = bytes
        .subarray(6, 6 + ((bytes[1] ?? 0) & 127))
        .map((byte, i) => byte ^ (mask[i & 3] ?? 0))
      const close = Buffer.concat([Buffer.from('03f0', 'hex'), text])
      socket.write(Buffer.concat([Buffer.of(0x81, text.length), text]))
      socket.write(Buffer.concat([Buffer.of(0x89, text.length), text]))
      socket.write(Buffer.concat([Buffer.of(0x88, close.length), close]))
      socket.once('data', () => socket.end())
    })
  },
  '/status': (request) =>
    request.socket.write(head(`400 ${request.header('x-key')}`, 'Content-Length: 0')),
  '/moved': (request) =>
    request.socket.write(
      head('302 Found', `Location: /moved?to=${request.header('x-key')}`, 'Content-Length: 0'),
    ),
  '/moved-nowhere': (request) =>
    request.socket.write(
      head('302 Found', `Location: http://[${request.header('x-key')}`, 'Content-Length: 0'),
    ),
  // What is said about it quotes the first 200 characters.
  '/moved-far': (request) =>
    request.socket.write(
      head(
        '302 Found',
        `Location: http://[${'x'.repeat(179)}${request.header('x-key')}`,
        'Content-Length: 0',
      ),
    ),
  '/typed': (request) =>
    answer(200, [`Content-Type: text/${request.header('x-key')}`], 'x')(request),
  '/cursor': (request) => answer(200, [`X-Cursor: ${request.header('x-key')}`], 'data')(request),
}

describe('A secret', function () {
  this.timeout(20_000)
  let server: TestHttpServer
  let secure: TestHttpServer
  before(async () => {
    server = await startHttpServer(behaviours)
    secure = await startHttpServer({}, makeCertificate({ name: 'x', addresses: ['127.0.0.1'] }))
  })
  after(() => Promise.all([server.close(), secure.close()]))

  const query = `?key=${reference}&user=u:${reference}`

  for (const method of ['polling', 'long-polling', 'sse'] as const) {
    it(`in URL and body that ${method} sends and the server sends back, compressed, is hidden`, async () => {
      const run = await runWithSecret(
        endpointAt(server.origin, method, `/echo${query}`, {
          request: 'POST',
          body: `a ${reference} b`,
        }),
        value,
        {
          until: ({ kind, direction }) =>
            kind === (method === 'sse' ? 'comment' : 'response') && direction === 'in',
        },
      )
      const sent = server.requests.at(-1)
      assert.equal(String(sent?.body), `a ${value} b`)
      assert.equal(run.text(run.only('request')), `a ${reference} b`)
      assert.ok(run.files.includes(reference))
    })

    it(`in a header that ${method} sends and the server sends back is hidden`, async () => {
      await runWithSecret(
        endpointAt(server.origin, method, '/echo', {
          headers: [
            ['X-Key', reference],
            ['Authorization', `Bearer ${reference}`],
          ],
        }),
        plainValue,
        {
          until: ({ kind, direction }) =>
            kind === (method === 'sse' ? 'comment' : 'response') && direction === 'in',
        },
      )
      assert.equal(server.requests.at(-1)?.header('authorization'), `Bearer ${plainValue}`)
    })
  }

  for (const secret of [value, plainValue]) {
    it(`that a WebSocket sends and gets back, in a close reason too, is hidden: ${secret}`, async () => {
      const run = await runWithSecret(
        profileAt(server.origin, 'websocket', `/chat${query}`, { send: [reference] }),
        secret,
      )
      assert.deepEqual(
        run.all('message').map((message) => run.text(message)),
        [reference, reference],
      )
      assert.equal(
        run.end.message,
        `The server closed the connection: 1008 (policy violation), “${reference}”.`,
      )
    })
  }

  for (const method of allMethods) {
    for (const path of ['/status', '/moved', '/moved-nowhere', '/moved-far', '/typed', '/cursor']) {
      it(`that the server repeats in its head is hidden in what ${method} says: ${path}`, async () => {
        await runWithSecret(
          endpointAt(server.origin, method, path, {
            headers: [['X-Key', reference]],
            ...(method === 'long-polling' && {
              cursor: {
                from: { kind: 'header', name: 'X-Cursor' },
                to: { kind: 'query', name: 'c' },
              },
            }),
          }),
          plainValue,
          { until: ({ seq }) => seq === 6 },
        )
      })
    }

    it(`is hidden in what ${method} says about connections that fail`, async () => {
      const proxy = await startProxy(407)
      try {
        const endings = [
          await runWithSecret(
            endpointAt('http://127.0.0.1:1', method, `/${reference}${query}`),
            plainValue,
          ),
          await runWithSecret(endpointAt(secure.origin, method, `/${query}`), value),
          await runWithSecret(
            endpointAt(`http://u:${reference}@127.0.0.1:1`, method, '/'),
            plainValue,
          ),
          await runWithSecret(
            endpointAt(secure.origin, method, `/${query}`, {
              proxy: `http://u:${reference}@${proxy.host}`,
            }),
            plainValue,
          ),
          await runWithSecret(
            endpointAt(`http://${'x'.repeat(64)}.${reference}.invalid`, method, '/', {
              timeoutMs: 20_000,
            }),
            plainValue,
          ),
        ]
        assert.deepEqual(
          endings.map((run) => run.only('error').code),
          [
            'connection-refused',
            'tls-untrusted',
            'connection-refused',
            'proxy-failed',
            'dns-failed',
          ],
        )
      } finally {
        await proxy.close()
      }
    })
  }
})

describe('A secret on the command line', function () {
  this.timeout(30_000)
  let server: TestHttpServer
  let folder = ''
  before(async () => {
    server = await startHttpServer(behaviours)
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
      assert.match(stderr, /^lifeline: The server [^\n]+\n$/)
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
