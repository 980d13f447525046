// A feed by four methods whose delays, losses and repetitions are known, and which counts for itself what it sent and when.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { closeWith, listenLocally } from './listenLocally.ts'

/** So long after its origin the stream has an item, in ms. */
export const heldMs = 60
/** Of the items the stream leaves out those whose number it divides, and the WebSocket sends those twice. */
export const leftOutEvery = 4
export const twiceEvery = 5

export type Way = 'poll' | 'hold' | 'sse' | 'ws'

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
  /** Bytes of messages, events and bodies that were written. */
  readonly payloadBytes: Readonly<Record<Way, number>>
  /** Ends the streams; they are to come back after 100 ms. */
  drop(): void
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
  const eachWay = <Value>(make: () => Value): Record<Way, Value> => {
    return { poll: make(), hold: make(), sse: make(), ws: make() }
  }
  const delays = eachWay(() => new Map<number, number>())
  const sockets = eachWay(() => new Set<Socket>())
  const payloadBytes = eachWay(() => 0)
  const streams = new Set<ServerResponse>()
  const webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: { threshold: 0 },
  })
  let told = 0
  let toldHeld = 0

  function note(way: Way, { id, at }: Item): void {
    if (!delays[way].has(id)) delays[way].set(id, now() - at)
  }

  /** As it goes out, which is counted. */
  function written(way: Way, value: unknown): string {
    const text = JSON.stringify(value)
    payloadBytes[way] += text.length
    return text
  }

  function answerPoll(response: ServerResponse): void {
    const news = items.slice(told)
    told = items.length
    polls.count += 1
    if (news.length === 0) polls.empty += 1
    for (const item of news) note('poll', item)
    const type = 'application/json'
    response.setHeader('Content-Type', type).end(written('poll', { items: news }))
  }

  /** A request that waits until there is news; the answer comes in chunks. */
  function hold(response: ServerResponse): void {
    const answer = () => {
      readers.delete(answer)
      const news = items.slice(toldHeld)
      toldHeld = items.length
      for (const item of news) note('hold', item)
      const text = written('hold', { items: news })
      response.setHeader('Content-Type', 'application/json')
      response.write(text.slice(0, 5))
      response.end(text.slice(5))
    }
    // With the first answer it counts as open.
    const isFirst = payloadBytes.hold === 0
    if (isFirst || toldHeld < items.length) answer()
    else readers.add(answer)
    response.on('close', () => readers.delete(answer))
  }

  function stream(response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('retry: 100\n\n')
    streams.add(response)
    const read = (item: Item) => {
      if (item.id % leftOutEvery === 0) return
      setTimeout(() => {
        if (response.writableEnded) return
        note('sse', item)
        response.write(`data: ${written('sse', item)}\n\n`)
      }, heldMs)
    }
    readers.add(read)
    response.on('close', () => {
      readers.delete(read)
      streams.delete(response)
    })
  }

  const server = createServer((request: IncomingMessage, response) => {
    const way = (['poll', 'hold'] as const).find((one) => request.url === `/${one}`) ?? 'sse'
    sockets[way].add(request.socket)
    const answers = { poll: answerPoll, hold, sse: stream }
    answers[way](response)
  })
  server.on('upgrade', (request, socket, head) => {
    sockets.ws.add(socket as Socket)
    webSockets.handleUpgrade(request, socket, head, (peer) => {
      const read = (item: Item) => {
        note('ws', item)
        const times = item.id % twiceEvery === 0 ? 2 : 1
        for (let i = 0; i < times; i++) peer.send(written('ws', item))
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
    payloadBytes,
    drop() {
      for (const response of streams) response.end()
    },
    async publish(count, everyMs) {
      for (let n = 0; n < count; n++) {
        await wait(everyMs)
        const item = { id: items.length + 1, at: now() }
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
