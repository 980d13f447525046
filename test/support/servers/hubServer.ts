// A SignalR hub on loopback, whose bytes are written by the protocols of Microsoft's own client.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type IHubProtocol, JsonHubProtocol, MessageType, NullLogger } from '@microsoft/signalr'
import { MessagePackHubProtocol } from '@microsoft/signalr-protocol-msgpack'
import { WebSocketServer } from 'ws'
import { closeWith, listenLocally } from './listenLocally.ts'

export interface HubServer {
  /** `http://127.0.0.1:port`; the hub is at `/hub`. */
  readonly origin: string
  close(): Promise<void>
}

export const hubProtocols: Readonly<Record<string, IHubProtocol>> = {
  json: new JsonHubProtocol(),
  messagepack: new MessagePackHubProtocol(),
}

/** As the protocols write it, as bytes. */
export function bytesOf(data: string | ArrayBuffer): Buffer {
  return typeof data === 'string' ? Buffer.from(data) : Buffer.from(data)
}

/** One client: what it sends comes in, what the hub has for it goes out by `send`. */
interface HubClient {
  receive(bytes: Buffer): void
  /** For the bytes that wait, now or as soon as there are some; null at the end. */
  take(waiting: (bytes: Buffer | null) => void): void
  end(): void
}

export async function startHubServer(): Promise<HubServer> {
  const clients = new Map<string, HubClient>()
  const polled = new Set<HubClient>()
  const sockets = new Set<Socket>()
  let named = 0

  function answer(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://x')
    if (url.pathname === '/hub/negotiate') {
      const token = `token-${++named}`
      clients.set(token, createHubClient())
      return void response.end(JSON.stringify(negotiation(token)))
    }
    const client = clients.get(url.searchParams.get('id') ?? '')
    if (!client) return void response.writeHead(404).end('No Connection with that ID')
    if (request.method === 'POST') {
      client.receive(body)
      response.end()
    } else if (request.method === 'DELETE') {
      client.end()
      response.writeHead(202).end()
    } else if (request.headers.accept?.includes('text/event-stream')) stream(client, response)
    else if (!polled.has(client)) {
      // The first one only opens the connection.
      polled.add(client)
      response.end()
    } else client.take((bytes) => response.writeHead(bytes === null ? 204 : 200).end(bytes))
  }

  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => answer(request, response, Buffer.concat(parts)))
  })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
  })
  const accepting = new WebSocketServer({ server })
  accepting.on('connection', (ws) => {
    const client = createHubClient()
    // What begins with a brace is JSON; a length of 123 comes in no test.
    const next = () =>
      client.take((bytes) => {
        if (bytes === null) return
        ws.send(bytes, { binary: bytes[0] !== 0x7b })
        next()
      })
    next()
    ws.on('message', (data: Buffer) => client.receive(data))
  })
  const port = await listenLocally(server)
  return { origin: `http://127.0.0.1:${port}`, close: () => closeWith(server, sockets) }
}

/** [signalr-transports] POST negotiate */
function negotiation(token: string) {
  return {
    negotiateVersion: 1,
    connectionId: `id of ${token}`,
    connectionToken: token,
    availableTransports: [
      { transport: 'WebSockets', transferFormats: ['Text', 'Binary'] },
      { transport: 'ServerSentEvents', transferFormats: ['Text'] },
      { transport: 'LongPolling', transferFormats: ['Text', 'Binary'] },
    ],
  }
}

function stream(client: HubClient, response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'text/event-stream' })
  response.write(':\r\n')
  const next = () =>
    client.take((bytes) => {
      if (bytes === null) return void response.end()
      response.write(`data: ${bytes}\r\n\r\n`)
      next()
    })
  next()
}

function createHubClient(): HubClient {
  let protocol: IHubProtocol | null = null
  let waiting: ((bytes: Buffer | null) => void) | null = null
  const queue: Buffer[] = []

  function send(...messages: readonly (string | ArrayBuffer)[]): void {
    queue.push(...messages.map(bytesOf))
    flush()
  }

  function flush(): void {
    if (waiting === null || queue.length === 0) return
    const taker = waiting
    waiting = null
    taker(Buffer.concat(queue.splice(0)))
  }

  return {
    receive(bytes) {
      if (protocol === null) {
        protocol = hubProtocols[JSON.parse(bytes.toString().slice(0, -1)).protocol] ?? null
        send(protocol ? '{}\x1e' : '{"error":"Not available."}\x1e')
      } else send(...repliesTo(bytes, protocol))
    },
    take(taker) {
      waiting = taker
      flush()
    },
    end() {
      waiting?.(null)
      waiting = null
    },
  }
}

/** What the hub can do: `Add`, `Fail`, `Count` in a stream, `Tell` everybody, and `Leave`. */
function repliesTo(bytes: Buffer, protocol: IHubProtocol): readonly (string | ArrayBuffer)[] {
  const isText = protocol.name === 'json'
  const data = isText ? bytes.toString() : new Uint8Array(bytes).buffer
  // The client's parser passes over what only servers are asked.
  const streams = isText
    ? bytes
        .toString()
        .split('\x1e')
        .slice(0, -1)
        .map((text) => JSON.parse(text))
        .filter(({ type }) => type === MessageType.StreamInvocation)
    : []
  const calls = protocol
    .parseMessages(data, NullLogger.instance)
    .filter((message) => message.type === MessageType.Invocation)
  return [...calls, ...streams].flatMap(({ invocationId, target, arguments: args }) => {
    const complete = (rest: object) =>
      protocol.writeMessage({ type: MessageType.Completion, invocationId, ...rest })
    switch (target) {
      case 'Add':
        return [complete({ result: args[0] + args[1] })]
      case 'Fail':
        return [complete({ error: "It didn't work!" })]
      case 'Count':
        return [
          ...Array.from({ length: args[0] }, (_, item) =>
            protocol.writeMessage({ type: MessageType.StreamItem, invocationId, item }),
          ),
          complete({}),
        ]
      case 'Tell':
        return [
          protocol.writeMessage({ type: MessageType.Ping }),
          protocol.writeMessage({ type: MessageType.Invocation, target: 'Told', arguments: args }),
        ]
      default:
        return [protocol.writeMessage({ type: MessageType.Close, allowReconnect: false })]
    }
  })
}
