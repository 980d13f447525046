// The six diagrams of the documents about the methods, made of what the demo server sends with its default settings.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { type DemoServer, startDemoServer } from '../../../src/demo/demoServer.ts'
import { runCommand } from '../../support/sessions/commandLine.ts'

const heads = /^Client +localhost:\d+$/
const bare = /^ {2}\| +\|$/
const asks = /^ {2}\|--- GET \/long-poll(\?since=\d+)? .*-+>\| \d+ B$/
const holds = /^ {2}\| +\[waits for data · .+\] +\|$/
const answers = /^ {2}\|<--- 200 OK · cursor .+-\| .+$/
const ends = [/^ {2}\[\.+ end · Disconnected\. \.+\]$/, /^ {2}\[\.+ \d+ frames in .+ \.+\]$/]
const endsShort = /^ {2}\[end · Disconnected\. \d+ frames in .+\]$/
const request = /^ {2}Client --> Server --> Client$/
const event = /^ {2}Client <-- Server$/
const message = /^ {2}Client <----- Server$/

describe('the diagrams of the documents', function () {
  this.timeout(60_000)
  let demo: DemoServer
  let web = ''

  before(async () => {
    demo = await startDemoServer({ port: 0, host: '127.0.0.1' })
    web = `http://localhost:${demo.port}`
  })

  after(() => demo.close())

  async function draws(words: readonly string[], lines: readonly RegExp[]): Promise<void> {
    const { stdout, status } = await runCommand('watch', ...words, '--width', '100')
    // The feed may be silent for as long as it likes.
    const drawn = stdout.split('\n').filter((line) => line !== '' && !/\(.+ pass\)/.test(line))
    for (const [index, line] of lines.entries()) assert.match(drawn[index] ?? '', line, stdout)
    assert.equal(drawn.length, lines.length, stdout)
    assert.equal(status, 0)
  }

  const longPoll = () => [
    ...[`${web}/long-poll`, '--method', 'long-polling', '--frames', '6'],
    ...['--cursor-from', 'json:$.cursor', '--cursor-to', 'query:since'],
  ]
  const exchange = [bare, asks, holds, answers]

  it('are drawn of long polling', async () => {
    await draws(longPoll(), [heads, ...exchange, ...exchange, ...exchange, ...ends])
    await draws(
      [...longPoll(), '--short'],
      [
        /^Long polling, localhost:\d+:$/,
        ...[request, request],
        /^ {2}Client --> Server --> Client$|^ {2}\[1 more exchange in .+\]$/,
        /^ {2}\[Repeated one-way requests, server holds request open: 3 exchanges in .+, held for .+\]$/,
        endsShort,
      ],
    )
  })

  it('are drawn of Server-Sent Events', async () => {
    const sse = [`${web}/sse`, '--method', 'sse', '--frames', '7']
    const tells = /^ {2}\|<--- (?:trade|chat) {2}id \d+ .+-\| \d+ B$/
    await draws(sse, [
      ...[heads, bare],
      /^ {2}\|--- GET \/sse -+>\| \d+ B$/,
      /^ {2}\|<--- 200 OK -+\| stream open$/,
      ...[/^ {2}\|<\.\.\. comment Lifeline demo feed \.+\|/, /^ {2}\|<\.\.\. retry 2\.0 s \.+\|$/],
      ...[tells, tells, tells],
      ...ends,
    ])
    await draws(
      [...sse, '--short'],
      [
        /^Server-Sent Events, localhost:\d+:$/,
        ...[event, event, event],
        /^ {2}\[One-way communication from server to client, continuous connection: 3 received in .+\]$/,
        endsShort,
      ],
    )
  })

  it('are drawn of a WebSocket', async () => {
    const socket = [
      ...[`ws://localhost:${demo.port}/ws`, '--frames', '6'],
      ...['--send', '{"op":"subscribe","symbol":"BTC-EUR"}'],
    ]
    const tells = /^ {2}\|<--- (?:trade|chat) .+-\| \d+ B$/
    await draws(socket, [
      ...[heads, bare],
      /^ {2}\|--- GET \/ws Upgrade: websocket -+>\| handshake$/,
      /^ {2}\|<--- 101 Switching Protocols -+\| permessage-deflate$/,
      /^ {2}\|--- subscribe {2}symbol BTC-EUR -+>\| 37 B$/,
      /^ {2}\|<--- subscribed {2}symbol BTC-EUR -+\| 40 B$/,
      ...[tells, tells],
      ...ends,
    ])
    await draws(
      [...socket, '--short'],
      [
        /^WebSocket, localhost:\d+:$/,
        /^ {2}Client <----> Server$/,
        /^ {2}Client -----> Server$/,
        ...[message, message, message],
        /^ {2}\[Two-way communication, continuous connection: 1 sent, 3 received in .+\]$/,
        ...[endsShort],
      ],
    )
  })
})
