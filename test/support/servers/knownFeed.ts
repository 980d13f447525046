// A feed by three methods whose delays, losses and repetitions are known, and which counts for itself what it sent and when.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { closeWith, listenLocally } from './listenLocally.ts'

/** So long after its origin the stream has an item, in ms. */
export const heldMs = 60
/** Of the items the stream leaves out those whose number it divides, and the WebSocket sends those twice. */
export const leftOutEvery = 4
export const twiceEvery = 5

export type Way = 'poll' | 'sse' | 'ws'

interface Item {
  readonly id: number
  /** Epoch ms of its origin. */
  readonly at: number
}

export interface KnownFeed {
  readonly port: number
  readonly polls: { readonly count: number; readonly empty: number }
  /** Of each item how long after its origin it was first written, in ms. */
  readonly delays: Readonly<Record<Way, ReadonlyMap<number, number>>>
  readonly sockets: Readonly<Record<Way, ReadonlySet<Socket>>>
  /** Publishes so many items, one every `everyMs`; resolves when the last has been written by all. */
  publish(count: number, everyMs: number): Promise<void>
  close(): Promise<void>
}

const now = () => performance.timeOrigin + performance.now()
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export async function startKnownFeed(): Promise<KnownFeed> {
  const items: Item[] = []
  const readers = new Set<(item: Item) => void>()
  const polls = { count: 0, empty: 0 }
  const delays = { poll: new Map(), sse: new Map(), ws: new Map() }
  const sockets = { poll: new Set<Socket>(), sse: new Set<Socket>(), ws: new Set<Socket>() }
  const webSockets = new WebSocketServer({ noServer: true })
  let told = 0

  function note(way: Way, { id, at }: Item): void {
    if (!delays[way].has(id)) delays[way].set(id, now() - at)
  }

  function answerPoll(response: ServerResponse): void {
    const news = items.slice(told)
    told = items.length
    polls.count += 1
    if (news.length === 0) polls.empty += 1
    for (const item of news) note('poll', item)
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ items: news }))
  }

  function stream(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).flushHeaders()
    const read = (item: Item) => {
      if (item.id % leftOutEvery === 0) return
      setTimeout(() => {
        note('sse', item)
        response.write(`data: ${JSON.stringify(item)}\n\n`)
      }, heldMs)
    }
    readers.add(read)
    response.on('close', () => readers.delete(read))
  }

  const server = createServer((request: IncomingMessage, response) => {
    const way = request.url === '/poll' ? 'poll' : 'sse'
    sockets[way].add(request.socket)
    if (way === 'poll') answerPoll(response)
    else stream(response)
  })
  server.on('upgrade', (request, socket, head) => {
    sockets.ws.add(socket as Socket)
    webSockets.handleUpgrade(request, socket, head, (peer) => {
      const read = (item: Item) => {
        note('ws', item)
        const times = item.id % twiceEvery === 0 ? 2 : 1
        for (let i = 0; i < times; i++) peer.send(JSON.stringify(item))
      }
      readers.add(read)
      peer.on('close', () => readers.delete(read))
    })
  })
  const port = await listenLocally(server)

  return {
    port,
    polls,
    delays,
    sockets,
    async publish(count, everyMs) {
      for (let id = 1; id <= count; id++) {
        await wait(everyMs)
        const item = { id, at: now() }
        items.push(item)
        for (const read of readers) read(item)
      }
      while (told < items.length || delays.sse.size === 0) await wait(everyMs)
      await wait(2 * heldMs)
    },
    close: () =>
      closeWith(
        server,
        Object.values(sockets).flatMap((some) => [...some]),
      ),
  }
}
