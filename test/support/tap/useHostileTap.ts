// A tap between misbehaving peers: what its frames tell, and that nothing of it stays open, hangs or grows.

import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, before } from 'mocha'
import { comesTo, eventually } from '../eventually.ts'
import { smallLimits } from '../servers/hostile.ts'
import { type HttpBehaviour, startHttpServer, type TestHttpServer } from '../servers/httpServer.ts'
import { startTap, type TapSession } from './tapSession.ts'

export interface HostileTap {
  readonly tap: TapSession
  /** `localhost:port`. */
  readonly host: string
  readonly server: TestHttpServer
  /** A program's socket. */
  connect(): Socket
  /** What was told after this many frames: codes of errors and notices, kinds of the others with their status. */
  told(afterFrames: number): readonly string[]
  /** Comes to it when neither side has a connection any more. */
  allClosed(): Promise<void>
}

const MiB = 2 ** 20
/** Of the whole process; garbage is not collected at once. */
const mostMemory = 512 * MiB

/** Starts both before the suite; after it the tap has to end by itself, whole, and without having grown. */
export function useHostileTap(behaviours: Readonly<Record<string, HttpBehaviour>>): HostileTap {
  let server: TestHttpServer
  let tap: TapSession
  let open = 0
  let used = 0
  const sockets = new Set<Socket>()

  before(async () => {
    const counted = Object.entries(behaviours).map(([path, behave]): [string, HttpBehaviour] => [
      path,
      (request) => {
        open++
        request.socket.once('close', () => open--)
        behave(request)
      },
    ])
    server = await startHttpServer(Object.fromEntries(counted))
    tap = startTap(server.origin, { limits: smallLimits })
    await eventually('the tap listens', () => tap.session.status().listening !== null)
    used = process.memoryUsage.rss()
  })

  after(async () => {
    const grown = process.memoryUsage.rss() - used
    const end = await tap.stop()
    for (const socket of sockets) socket.destroy()
    await comesTo(() => open, 0)
    await server.close()
    assert.equal(end.by, 'user', end.message)
    assert.deepEqual(tap.faults, [])
    assert.ok(grown < mostMemory, `${grown} bytes of memory`)
  })

  return {
    get tap() {
      return tap
    },
    get host() {
      return new URL(tap.session.status().listening ?? '').host
    },
    get server() {
      return server
    },
    connect() {
      const { port } = new URL(tap.session.status().listening ?? '')
      const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true })
      socket.on('error', () => null)
      sockets.add(socket)
      socket.once('close', () => sockets.delete(socket))
      return socket
    },
    told: (afterFrames) => tap.frames.slice(afterFrames).map(wordOf),
    async allClosed() {
      for (const socket of [...sockets]) if (!socket.destroyed) await once(socket, 'close')
      await comesTo(() => open, 0)
    },
  }
}

function wordOf(frame: TapSession['frames'][number]): string {
  if (frame.kind === 'error' || frame.kind === 'notice') return frame.code ?? ''
  return frame.kind === 'response' ? `response ${frame.detail.status}` : frame.kind
}

/** A handshake that offers compression. */
export function upgradeRequest(host: string, path: string): string {
  return [
    ...[`GET ${path} HTTP/1.1`, `Host: ${host}`, 'Connection: Upgrade', 'Upgrade: websocket'],
    ...['Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='],
    ...['Sec-WebSocket-Extensions: permessage-deflate', '', ''],
  ].join('\r\n')
}
