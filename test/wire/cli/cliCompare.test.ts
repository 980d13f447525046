// `lifeline compare` against a server that counts for itself what it sent, when, and what it left out.

import assert from 'node:assert/strict'
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { WebSocketServer } from 'ws'
import type { ComparedMethod } from '../../../src/shared/comparison/comparison.ts'
import { closeWith, listenLocally, socketBytes } from '../../support/servers/listenLocally.ts'
import { runCommand } from '../../support/sessions/commandLine.ts'

/** So long after its origin the stream has an item, in ms. */
const heldMs = 60

/** One feed by three methods. The stream leaves out every fourth item, and the WebSocket sends every fifth twice. */
function createFeed() {
  let id = 0
  const items: { readonly id: number; readonly at: number }[] = []
  const readers = new Set<(item: (typeof items)[number]) => void>()
  const timer = setInterval(() => {
    const item = { id: ++id, at: Date.now() }
    items.push(item)
    for (const read of readers) read(item)
  }, 25)
  return { items, readers, stop: () => clearInterval(timer) }
}

describe('comparing methods on the wire', function () {
  this.timeout(60_000)
  const feed = createFeed()
  const polls = { count: 0, empty: 0 }
  const socketsOf: Record<string, Set<Socket>> = { poll: new Set(), sse: new Set(), ws: new Set() }
  const webSockets = new WebSocketServer({ noServer: true })
  let server: Server
  let folder = ''
  let port = 0

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '').slice(1)
    socketsOf[path]?.add(request.socket)
    if (path === 'over') {
      setTimeout(() => response.writeHead(204).end(), heldMs)
      return
    }
    if (path === 'poll') {
      answerPoll(response)
      return
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' })
    response.flushHeaders()
    const read = (item: { readonly id: number }) => {
      if (item.id % 4 === 0) return
      setTimeout(() => response.write(`data: ${JSON.stringify(item)}\n\n`), heldMs)
    }
    feed.readers.add(read)
    response.on('close', () => feed.readers.delete(read))
  }

  let told = 0
  function answerPoll(response: ServerResponse): void {
    const news = feed.items.slice(told)
    // At first it has nothing to tell, so that an answer without news is there in any case.
    const list = polls.count < 2 ? [] : news
    if (polls.count >= 2) told = feed.items.length
    polls.count += 1
    if (list.length === 0) polls.empty += 1
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify({ items: list }))
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lifeline-compare-'))
    server = createServer(answer)
    server.on('upgrade', (request, socket, head) => {
      socketsOf.ws?.add(socket as Socket)
      webSockets.handleUpgrade(request, socket, head, (peer) => {
        const read = (item: { readonly id: number }) => {
          peer.send(JSON.stringify(item))
          if (item.id % 5 === 0) peer.send(JSON.stringify(item))
        }
        feed.readers.add(read)
        peer.on('close', () => feed.readers.delete(read))
      })
    })
    port = await listenLocally(server)
    await mkdir(join(folder, '.vscode'))
    const profile = {
      ...{
        name: 'Poll',
        method: 'polling',
        url: `http://localhost:${port}/poll`,
        interval: '200ms',
      },
    }
    await writeFile(
      join(folder, '.vscode', 'lifeline.json'),
      JSON.stringify({ profiles: [profile] }),
    )
  })

  after(async () => {
    feed.stop()
    await closeWith(
      server,
      Object.values(socketsOf).flatMap((sockets) => [...sockets]),
    )
    await rm(folder, { recursive: true, force: true })
  })

  it('agrees with what the server counted', async () => {
    const { stdout, stderr, status } = await runCommand(
      'compare',
      ...['Poll', `sse:http://localhost:${port}/sse`, `ws://localhost:${port}/ws`],
      ...['--workspace', folder, '--for', '3s', '--format', 'json'],
    )
    assert.deepEqual([stderr, status], ['', 0])
    const [poll, sse, ws] = JSON.parse(stdout) as ComparedMethod[]
    assert.ok(poll && sse && ws)

    assert.equal(poll.requests, polls.count)
    assert.equal(poll.emptyAnswers, polls.empty)
    assert.equal(poll.connections, socketsOf.poll?.size)
    for (const [measured, sockets] of [
      [poll, socketsOf.poll],
      [sse, socketsOf.sse],
      [ws, socketsOf.ws],
    ] as const) {
      const counted = socketBytes(sockets ?? [])
      assert.equal(measured.wireBytesOut, counted.in, measured.name)
      // What the server wrote to a stream as it was left did not arrive.
      assert.ok(measured.wireBytesIn <= counted.out, measured.name)
    }
    assert.equal(poll.wireBytesIn, socketBytes(socketsOf.poll ?? []).out)

    // Every fourth item, and every fifth twice; one at either end of the time may be seen or not.
    assert.ok(Math.abs(sse.missed - ws.items / 4) <= 1.5, `${sse.missed} of ${ws.items}`)
    assert.ok(Math.abs(ws.duplicates - ws.items / 5) <= 1.5, `${ws.duplicates} of ${ws.items}`)
    assert.deepEqual([ws.missed, sse.duplicates], [0, 0])
    assert.ok((sse.freshnessMs?.p50 ?? 0) >= heldMs, 'an event is as old as it was held')
    assert.ok((sse.behindMs?.p50 ?? 0) > (ws.behindMs?.p50 ?? 0), 'and comes behind the message')
    assert.ok((poll.behindMs?.p50 ?? 0) > (ws.behindMs?.p50 ?? 0))
  })

  it('compares captures, and tells of them in a table', async () => {
    for (const [file, ...target] of [
      ['a.lifeline', `http://localhost:${port}/sse`, '--method', 'sse'],
      ['b.lifeline', `ws://localhost:${port}/ws`],
    ] as const) {
      const watched = await runCommand(
        ...['watch', ...target, '--frames', '30', '--capture', join(folder, file)],
      )
      assert.equal(watched.status, 0)
    }
    const files = ['a.lifeline', 'b.lifeline'].map((file) => join(folder, file))
    const table = await runCommand('compare', ...files, '--item', 'json:id')
    assert.equal(table.status, 0)
    assert.match(table.stdout, /^Method +Server-Sent Events +WebSocket$/m)
    assert.match(table.stdout, /^New items · missed · seen again +28 · 0 · 0 +\d+ · 0 · \d$/m)
    assert.match(table.stdout, /^Items are told apart by id\.\nNo time of origin is known/m)
    const markdown = await runCommand('compare', ...files, '--item=json:id', '--format=markdown')
    assert.match(table.stdout, /^Best for +\S+ +[\d,]+ items\/min +feeds, dashboards$/m)
    // One was made after the other.
    assert.match(table.stdout, /^No item came in two of the sessions/m)
    assert.match(markdown.stdout, /^\| Method \| Server-Sent Events \| WebSocket \|$/m)
    // Sessions of the same name are told apart by their files.
    assert.match(table.stdout, /^ +localhost:\d+\/sse +localhost:\d+\/ws$/m)
    await copyFile(files[0] ?? '', join(folder, 'c.lifeline'))
    const same = await runCommand('compare', files[0] ?? '', join(folder, 'c.lifeline'))
    assert.match(same.stdout, /^ +a\.lifeline +c\.lifeline$/m)
  })

  it('gives each method the options that are its own, and says where items are unknown', async () => {
    const { stdout, stderr, status } = await runCommand(
      ...['compare', `polling:http://localhost:${port}/poll`, `sse:http://localhost:${port}/over`],
      ...['--interval', '100ms', '--for', '1s', '--format', 'json'],
    )
    assert.equal(status, 0, stderr)
    const [poll] = JSON.parse(stdout) as ComparedMethod[]
    assert.ok((poll?.requests ?? 0) > 4)
    assert.match(stderr, /^lifeline: No field is another in each item .* --item json:id\.$/m)
  })

  it('waits for sessions that end by themselves, however long it may', async () => {
    const over = `sse:http://localhost:${port}/over`
    const { stdout, status } = await runCommand(
      ...['compare', over, over, '--for', '1000h', '--format', 'json'],
    )
    const measured = JSON.parse(stdout) as ComparedMethod[]
    assert.equal(status, 0)
    assert.ok(measured.every(({ watchedMs, requests }) => watchedMs >= heldMs && requests === 1))
  })

  it('says what to change where it cannot compare', async () => {
    const url = `http://localhost:${port}/sse`
    for (const [words, sentence] of [
      [['sse:x'], 'Name two to 4 URLs, profiles or captures'],
      [[url, url], 'Write the method before each http URL'],
      [[`sse:${url}`, `sse:${url}`, '--method', 'sse'], 'Leave out --method'],
      [[`sse:${url}`, `sse:${url}`, '--time', 'json:at'], 'Add --item json:<path>'],
      [[`sse:${url}`, `sse:${url}`, '--item', 'id'], 'Write --item as json:<path>'],
      [[`sse:${url}`, `sse:${url}`, '--format', 'ascii'], 'Change --format to one of table'],
      [[`sse:${url}`, `sse:${url}`, '--interval', '1s'], 'Remove "interval": it is for polling'],
      [['Poll', 'Other', '--workspace', folder], 'There is no profile Other'],
      [['Trades: slow', 'Other', '--workspace', folder], 'There is no profile Trades: slow'],
      [['.', 'Other', '--workspace', folder], 'There is no profile .'],
      [['poll:http://me:hunter2@h/', 'Other', '--workspace', folder], 'Write the method before'],
      [['unix:/run/a.sock:/', 'Other'], 'Write the method before each http URL'],
      [['ws+unix:/run/a.sock', 'Other', '--workspace', folder], 'There is no profile Other'],
      [['a.lifeline', 'b.lifeline'], 'There is no file a.lifeline'],
      [[join(folder, '.vscode', 'lifeline.json'), `sse:${url}`], 'Compare captures with captures'],
    ] as const) {
      const { stderr, status } = await runCommand('compare', ...words)
      assert.equal(status, 2, stderr)
      assert.ok(stderr.includes(sentence), stderr)
      assert.doesNotMatch(stderr, /hunter2/)
    }
  })
})
