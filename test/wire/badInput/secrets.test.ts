// A secret is sent and never recorded: not in the capture's files, not in exports, not in what is said about faults.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Endpoint } from '../../../src/shared/endpoint/endpoint.ts'
import { resolveVariables } from '../../../src/shared/secrets/variables.ts'
import { assertClean } from '../../support/assertClean.ts'
import { startProxy } from '../../support/servers/connectProxy.ts'
import { echoBehaviours } from '../../support/servers/echoBehaviours.ts'
import { startHttpServer, type TestHttpServer } from '../../support/servers/httpServer.ts'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import {
  allMethods,
  endpointAt,
  profileAt,
  type RunOptions,
  runSession,
} from '../../support/sessions/runSession.ts'

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

describe('A secret', function () {
  this.timeout(20_000)
  let server: TestHttpServer
  let secure: TestHttpServer
  before(async () => {
    server = await startHttpServer(echoBehaviours)
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

  it('that stands in JSON-RPC is hidden in its packets', async () => {
    const call = `{"jsonrpc":"2.0","id":"${reference}","method":"${reference}","params":["${reference}"]}`
    const run = await runWithSecret(
      profileAt(server.origin, 'websocket', `/chat${query}`, { send: [call] }),
      plainValue,
    )
    // Each side has asked the other the same, and neither answers.
    const told = `▸ ${reference} #"${reference}" ["${reference}"] · no answer`
    assert.deepEqual(
      run.lines.filter((line) => line.startsWith('message')),
      [`message ${told}`, `message ${told}`],
    )
    assert.ok(run.files.includes('json-rpc'))
  })

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

describe('A credential that is typed into a request beside the stream', () => {
  let server: TestHttpServer
  before(async () => {
    server = await startHttpServer(echoBehaviours)
  })
  after(() => server.close())

  it('is hidden in what is sent, and in what the server says from then on', async () => {
    let asked = false
    const run = await runSession(endpointAt(server.origin, 'polling', '/echo'), {
      until(frame, session) {
        if (!asked) {
          asked = true
          const url = `/echo?token=${plainValue}`
          const headers = [['Authorization', `Bearer ${plainValue}`]] as const
          void session.request({ request: 'POST', url, headers, body: plainValue })
        }
        return frame.kind === 'response' && frame.detail.purpose === 'companion'
      },
    })
    assertClean('the files', run.files, plainValue)
    assertClean('the exports', run.exported(), plainValue)
    assert.ok(server.requests.some(({ body }) => String(body) === plainValue))
  })
})
