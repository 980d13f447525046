// A SOCKS 4, 4a and 5 proxy for tests. [rfc1928], [rfc1929]

import { connect, createServer, type Socket } from 'node:net'
import { closeWith, listenLocally } from './listenLocally.ts'

export interface SocksProxy {
  /** `127.0.0.1:port`. */
  readonly host: string
  /** `4 host:port`, `5 host:port`, in order; a name or an address, as it was asked for. */
  readonly seen: readonly string[]
  close(): Promise<void>
}

export interface SocksWish {
  /** `user:password` that is demanded. */
  readonly login?: string
  /** SOCKS 5 reply that refuses every connection. */
  readonly refuse?: number
  /** Never answers. */
  readonly silent?: boolean
}

export async function startSocksProxy(wish: SocksWish = {}): Promise<SocksProxy> {
  const seen: string[] = []
  const sockets = new Set<Socket>()
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
  }
  const server = createServer((client) => {
    keep(client)
    if (!wish.silent) serve(client, wish, seen, keep)
  })
  const port = await listenLocally(server)
  return {
    host: `127.0.0.1:${port}`,
    seen,
    close: () => closeWith(server, sockets),
  }
}

function serve(client: Socket, wish: SocksWish, seen: string[], keep: (socket: Socket) => void) {
  let step: 'hello' | 'login' | 'request' = 'hello'
  client.on('data', handle)

  function handle(bytes: Buffer): void {
    if (bytes[0] === 4) {
      const [host, port] = target4(bytes)
      seen.push(`4 ${host}:${port}`)
      join(host, port, Buffer.of(0, 90, 0, 0, 0, 0, 0, 0))
    } else if (step === 'hello') {
      step = wish.login === undefined ? 'request' : 'login'
      const wanted = wish.login === undefined ? 0 : 2
      client.write(Buffer.of(5, bytes.subarray(2).includes(wanted) ? wanted : 0xff))
    } else if (step === 'login') {
      step = 'request'
      const [user = 0] = bytes.subarray(1)
      const given = `${bytes.subarray(2, 2 + user)}:${bytes.subarray(3 + user)}`
      client.write(Buffer.of(1, given === wish.login ? 0 : 1))
    } else {
      const [host, port] = target5(bytes)
      seen.push(`5 ${host}:${port}`)
      if (wish.refuse !== undefined) client.end(reply5(wish.refuse))
      else join(host, port, reply5(0))
    }
  }

  function join(host: string, port: number, answer: Buffer): void {
    client.off('data', handle)
    const onward = connect(port, host, () => {
      client.write(answer)
      onward.pipe(client)
      client.pipe(onward)
    })
    keep(onward)
    onward.on('close', () => client.destroy())
  }
}

function reply5(code: number): Buffer {
  return Buffer.of(5, code, 0, 1, 0, 0, 0, 0, 0, 0)
}

function target4(bytes: Buffer): readonly [string, number] {
  const address = [...bytes.subarray(4, 8)]
  const port = bytes.readUInt16BE(2)
  if (!address.slice(0, 3).every((part) => part === 0)) return [address.join('.'), port]
  const name = bytes.subarray(bytes.indexOf(0, 8) + 1, -1)
  return [name.toString(), port]
}

function target5(bytes: Buffer): readonly [string, number] {
  const port = bytes.readUInt16BE(bytes.length - 2)
  const address = bytes.subarray(4, -2)
  if (bytes[3] === 3) return [address.subarray(1).toString(), port]
  if (bytes[3] === 1) return [[...address].join('.'), port]
  const groups = Array.from({ length: 8 }, (_, i) => address.readUInt16BE(2 * i).toString(16))
  return [new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1), port]
}
