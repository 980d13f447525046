// Servers with which no TLS comes about: the sentence has the reason.

import assert from 'node:assert/strict'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TlsOptions } from 'node:tls'
import { describe, it } from 'mocha'
import { makeCertificate } from '../../support/servers/testCertificate.ts'
import { endpointAt, runSession } from '../../support/sessions/runSession.ts'

const certificate = makeCertificate({ name: 'Server', addresses: ['127.0.0.1'] })
const old = { maxVersion: 'TLSv1.1', minVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' } as const

/** After the client's first words. */
function says(then: (socket: Socket) => void): Server {
  return createServer((socket) => {
    socket.on('error', () => null)
    socket.once('data', () => then(socket))
  })
}

const alert = (number: number) =>
  says((socket) => socket.write(Buffer.of(0x15, 3, 3, 0, 2, 2, number)))
const tls = (options: TlsOptions) =>
  createTlsServer({ ...certificate, ...options }, (socket) => socket.on('error', () => null))

const cases: readonly (readonly [title: string, server: () => Server, words: RegExp])[] = [
  ['that is too old', () => tls(old), /failed: no version of TLS is common to both\.$/],
  [
    'that speaks HTTP',
    () => says((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')),
    /failed: what came is not TLS\.$/,
  ],
  ['that speaks SSH', () => says((socket) => socket.write('SSH-2.0-x\r\n')), /is not TLS\.$/],
  ['that closes', () => says((socket) => socket.end()), /in the middle of the TLS handshake\.$/],
  ['that likes nothing', () => alert(40), /failed: the server accepts nothing of what was offered/],
  ['without that name', () => alert(112), /failed: the server has no certificate for this name\.$/],
  ['that fails', () => alert(80), /failed: the server has failed\.$/],
  ['that wants more', () => alert(71), /failed: the server wants more secure ciphers\.$/],
]

describe('A TLS server', () => {
  for (const [title, make, words] of cases) {
    it(`${title} is told with its reason by every method`, async () => {
      const server = make()
      server.on('tlsClientError', () => null)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
      for (const method of ['polling', 'sse', 'websocket'] as const) {
        const run = await runSession(endpointAt(origin, method, '/', { reconnectAttempts: 0 }))
        const { detail } = run.only('error')
        assert.match(detail.message, words)
        assert.doesNotMatch(detail.message, /[A-Z]{3,}_/)
      }
      await new Promise((resolve) => server.close(resolve))
    })
  }
})
