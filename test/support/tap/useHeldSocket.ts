// A WebSocket between a program and its server that passes a tap, which holds what it is told to.

import { once } from 'node:events'
import { afterEach } from 'mocha'
import { type ClientOptions, type ServerOptions, WebSocket, WebSocketServer } from 'ws'
import type { HeldItem } from '../../../src/shared/session/tapHolds.ts'
import { comesTo } from '../eventually.ts'
import { startTap, type TapOptions, type TapSession } from './tapSession.ts'

export interface HeldSocket extends TapSession {
  readonly client: WebSocket
  readonly peer: WebSocket
  /** What each has heard, in order. */
  readonly heard: { readonly client: readonly string[]; readonly server: readonly string[] }
  /** Another program; resolves when it is open. */
  connect(path: string): Promise<WebSocket>
  /** The one held at that place, when so many are. */
  held(count: number, index?: number): Promise<HeldItem>
  /** Codes and messages of what Lifeline did, without times. */
  acts(): readonly string[]
}

export function useHeldSocket() {
  let end: (() => Promise<void>) | null = null
  afterEach(async () => {
    await end?.()
    end = null
  })
  return async (
    server: ServerOptions = {},
    client: ClientOptions = {},
    options: TapOptions = {},
  ): Promise<HeldSocket> => {
    const wss = new WebSocketServer({ port: 0, host: '127.0.0.1', ...server })
    await once(wss, 'listening')
    const bound = wss.address() as { port: number }
    const tap = startTap(`ws://127.0.0.1:${bound.port}`, options)
    end = async () => {
      await tap.stop()
      for (const one of wss.clients) one.terminate()
      wss.close()
    }
    await comesTo(() => tap.session.status().listening !== null, true)
    const heard = { client: [] as string[], server: [] as string[] }
    wss.on('connection', (ws) => ws.on('message', (data) => heard.server.push(String(data))))
    const connect = async (path: string) => {
      const socket = new WebSocket(`${tap.session.status().listening}${path}`, client)
      socket.on('error', () => {})
      socket.on('message', (data) => heard.client.push(String(data)))
      await once(socket, 'open')
      await comesTo(() => tap.all('response').at(-1)?.detail.status, 101)
      return socket
    }
    const accepted = once(wss, 'connection')
    const program = await connect('/feed')
    const [peer] = (await accepted) as [WebSocket]
    return {
      ...tap,
      ...{ client: program, peer, heard, connect },
      async held(count, index = 0) {
        await comesTo(() => tap.session.status().holds.count, count)
        const found = tap.session.status().holds.held[index]
        if (found === undefined) throw new Error('Nothing is held there.')
        return found
      },
      acts: () =>
        tap
          .all('notice')
          .filter(({ code }) => /^tap-(?:held|changed|dropped)$/.test(code ?? ''))
          .map(({ code, detail }) => `${code} ${detail.message.replace(/[\d.]+ m?s/, 'T')}`),
    }
  }
}
