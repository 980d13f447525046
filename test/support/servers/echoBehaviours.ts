// A server that says again, in all places of its answers, what it was asked.

import { gzipSync } from 'node:zlib'
import { answer, type HttpBehaviour, type ReceivedRequest } from './httpServer.ts'
import { acceptHead } from './wsServer.ts'

const echoed = ({ target, head, body, header }: ReceivedRequest) =>
  `${target}\n${header('x-key')}\n${head}\n${body}\n${JSON.stringify({ body: String(body) })}\n${body.toString('base64')}`

const head = (status: string, ...fields: string[]) =>
  Buffer.from(
    ['HTTP/1.1', status].join(' ').concat('\r\n', fields.map((f) => `${f}\r\n`).join(''), '\r\n'),
    'latin1',
  )

/** What is repeated is the header X-Key; `/echo` repeats all. */
export const echoBehaviours: Readonly<Record<string, HttpBehaviour>> = {
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
