// A WebSocket through a relay, with both of its ends in the test's hands.

import { once } from 'node:events'
import { createServer, type Server, type Socket } from 'node:net'
import { afterEach } from 'mocha'
import { comesTo } from '../eventually.ts'
import { listenLocally } from '../servers/listenLocally.ts'
import { gather, type RelayOptions, request, type TestRelay, type useRelay } from './useRelay.ts'

export interface TappedSocket {
  readonly relay: TestRelay
  readonly client: Socket
  readonly server: Socket
  /** What has come to the client, behind the head of the answer. */
  atClient(): string
  atServer(): string
}

const upgraded =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'

/** Each server is closed after its test. */
export function useTappedSocket(
  startRelay: ReturnType<typeof useRelay>,
): (options?: RelayOptions) => Promise<TappedSocket> {
  const servers: Server[] = []
  const sockets: Socket[] = []
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy()
    for (const server of servers.splice(0)) server.close()
  })
  return async (options) => {
    const tcp = createServer({ allowHalfOpen: true })
    servers.push(tcp)
    const coming = once(tcp, 'connection')
    const relay = await startRelay(`http://127.0.0.1:${await listenLocally(tcp)}`, options)
    const client = relay.connect()
    const toClient = gather(client)
    client.write(request(relay.host, '/ws', 'Upgrade: websocket', 'Connection: Upgrade'))
    const [server] = (await coming) as [Socket]
    sockets.push(server)
    server.on('error', () => null)
    const toServer = gather(server)
    await toServer.endsWith('\r\n\r\n')
    server.write(upgraded)
    await toClient.endsWith('\r\n\r\n')
    await comesTo(() => relay.of('response').length, 1)
    const head = toServer.text().length
    return {
      ...{ relay, client, server },
      atClient: () => toClient.text().slice(upgraded.length),
      atServer: () => toServer.text().slice(head),
    }
  }
}

/** A frame of less than 126 bytes of text; `first`: FIN and opcode. */
export function frame(first: number, text: string): Buffer {
  return Buffer.concat([Buffer.from([first, text.length]), Buffer.from(text)])
}
