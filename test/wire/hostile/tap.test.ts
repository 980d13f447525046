// Servers behind a tap that misbehave at the level of bytes: what the tap calls each, and that a program may leave at any time.

import { describe, it } from 'mocha'
import { eventually } from '../../support/eventually.ts'
import { endlessly, type HostileCase } from '../../support/servers/hostile.ts'
import {
  brokenBodies,
  brokenHeads,
  largeBodies,
  ok,
  slowBodies,
  slowHeads,
} from '../../support/servers/hostileHttp.ts'
import {
  accepted,
  bomb,
  deflate,
  deflated,
  floods,
  sends,
  sendsDeafly,
  sendsForEver,
} from '../../support/servers/hostileWebSocket.ts'
import type { HttpBehaviour } from '../../support/servers/httpServer.ts'
import { upgradeRequest, useHostileTap } from '../../support/tap/useHostileTap.ts'
import { request } from '../../support/tap/useRelay.ts'

type Case = readonly [title: string, behave: HttpBehaviour, codes: readonly string[]]

const left = 'tap-client-left'

/** The program asks, and stays until all has been told but that it leaves, or until the server has ended the connection. */
function watch(cases: readonly Case[], write = request): void {
  const tapped = useHostileTap(
    Object.fromEntries(cases.map(([, behave], index) => [`/${index}`, behave])),
  )
  for (const [index, [title, , codes]] of cases.entries()) {
    it(`${title}: ${codes.join(', ')}`, async () => {
      const from = tapped.tap.frames.length
      const client = tapped.connect()
      let came = 0
      client.on('data', ({ length }) => {
        came += length
      })
      client.on('end', () => client.end())
      client.write(write(tapped.host, `/${index}`))
      // An answer is told when it is over, or a while after it has come.
      const stays = codes.filter((code) => code !== left && !/^response/.test(code))
      const isAnswered = () => came > 0 || !codes.some((code) => /^response/.test(code))
      const isTold = (wanted: readonly string[]) => {
        const told = tapped.told(from)
        return told.length > 0 && wanted.every((code) => told.includes(code))
      }
      try {
        await eventually(stays.join(), () => isTold(stays) && isAnswered())
      } finally {
        client.destroy()
      }
      await tapped.allClosed()
      await eventually(codes.join(), () => isTold(codes))
    })
  }
}

/** What a tap tells of each, by its title, where it is not what a session tells. */
function of(
  cases: readonly HostileCase[],
  otherwise: Readonly<Record<string, readonly string[]>>,
  usual?: readonly string[],
): readonly Case[] {
  return cases.map(({ title, behave, codes }) => [
    title,
    behave,
    otherwise[title] ?? usual ?? codes,
  ])
}

describe('Behind a tap, a server that', () => {
  watch([
    ...of(brokenHeads, {
      'switches protocols unasked': ['response 101', 'tap-not-shown'],
      'says 100 Continue without end': [left],
      'sends early hints without end': ['http-informational', left],
      'begins with HTTP/2': ['http-invalid'],
      // It is passed on as it comes.
      'has a head without end': ['http-invalid'],
      'has a header field without end': ['http-invalid'],
      'has a status line without end': ['http-invalid'],
      // A program follows it, or does not.
      'redirects to itself': ['response 302'],
      'redirects to ever new URLs': ['response 307'],
      'redirects to a file': ['response 302'],
      'redirects to a script': ['response 302'],
      'redirects to no URL': ['response 302'],
      'redirects with a body without end': ['response 302', left],
    }),
    ...of(slowHeads, { 'begins with line feeds without end': ['http-invalid'] }, [left]),
  ])
})

/** A tap reads bodies as far as they can be read, and lets a program judge them. */
const unjudged = ['response 200', left]
const judged: Readonly<Record<string, readonly string[]>> = {
  'claims a chunk of 2^64': unjudged,
  'claims a chunk of negative size': unjudged,
  'claims a smaller chunk than it sends': unjudged,
  'writes an extension of a chunk without end': unjudged,
  'writes trailers without end': unjudged,
  'writes one trailer without end': unjudged,
}

describe('Behind a tap, a body that', () => {
  const inflated = ['response 200', 'tap-not-shown']
  watch([
    ...of(brokenBodies(ok), { ...judged, 'sends gzip that is none': ['response 200'] }),
    ...of(
      largeBodies,
      {
        'sends gzip that inflates a thousandfold': inflated,
        'sends Brotli that inflates a millionfold': inflated,
        'sends Zstandard that inflates ten thousandfold': inflated,
        'sends gzip in gzip': inflated,
      },
      unjudged,
    ),
    ...of(
      slowBodies,
      {
        'claims 2^53 bytes and waits': ['http-flawed-head'],
        // Its server may end it as it should, once the program has left.
        'sends a body byte by byte for ever': ['response 200'],
      },
      unjudged,
    ),
  ])
})

const stream = `${ok}Content-Type: text/event-stream\r\n\r\n`

describe('Behind a tap, an event stream that', () => {
  const cut = ['tap-not-shown', left]
  watch([
    ...of(brokenBodies(stream.slice(0, -2)), judged),
    ['has a line of data without end', endlessly(`${stream}data: `, 'x'), cut],
    ['has lines of data without end', endlessly(stream, 'data: x\n'), cut],
    ['has an ID without end', endlessly(`${stream}id: `, 'x'), cut],
    ['has large events without end', endlessly(stream, `data: ${'x'.repeat(9000)}\n\n`), [left]],
    ['is a field without end', endlessly(stream, 'x'), cut],
  ])
})

const hundred = Buffer.concat([Buffer.of(0, 100), Buffer.alloc(100)])

describe('Behind a tap, a WebSocket server that', () => {
  const wrong = ['ws-protocol-error', left]
  watch(
    [
      ['sends a reserved opcode', sends('83 00'), wrong],
      ['sets reserved bits', sends('c1 01 41'), wrong],
      ['masks a text frame', sends('81 81 01020304 40'), wrong],
      ['sends a ping of 126 bytes', sends(`89 7e 007e ${'00'.repeat(126)}`), wrong],
      ['continues what has not begun', sends('80 01 41'), wrong],
      ['sends compressed data that is none', sends('c1 04 ffffffff', deflate), wrong],
      ['sends as text what is not UTF-8', sends('81 01 ff'), ['ws-invalid-utf8', left]],
      ['claims a length of 2^63', sends('82 7f 8000000000000000'), ['tap-not-shown', left]],
      ['claims a length of 2^53', sends('82 7f 0020000000000000'), ['tap-not-shown', left]],
      [
        'sends fragments that grow beyond the limit',
        sendsForEver('0200', hundred),
        ['tap-not-shown', left],
      ],
      [
        'sends a gigabyte in a megabyte',
        accepted((socket, head) => {
          socket.write(Buffer.concat([Buffer.from(head), bomb(1000)]))
        }, deflate),
        ['tap-not-shown', left],
      ],
      [
        'sends 500 messages that inflate five hundredfold',
        accepted((socket, head) => {
          const messages = Array<Buffer>(500).fill(deflated(Buffer.alloc(19_000)))
          socket.write(Buffer.concat([Buffer.from(head), ...messages]))
        }, `${deflate}; server_no_context_takeover`),
        ['message', left],
      ],
      ['sends 3000 empty messages', floods(3000, Buffer.of(0x81, 0)), ['message', 'close']],
      ['pings 3000 times', floods(3000, Buffer.of(0x89, 0)), ['ping', 'close']],
      ['goes on after its close frame', sendsDeafly('880203e8', hundred), ['close']],
      [
        'resets within a frame',
        accepted((socket, head) => {
          socket.write(`${head}\x81`, 'latin1', () => socket.resetAndDestroy())
        }),
        ['ws-abnormal-closure'],
      ],
    ],
    upgradeRequest,
  )
})
