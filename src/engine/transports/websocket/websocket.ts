// The WebSocket method: opens a connection, watches it while it is open, and sends on it.

import type { Endpoint } from '../../../shared/endpoint/endpoint.ts'
import type { Fault } from '../../protocols/fault.ts'
import { connectionFrames } from '../connectionFrames.ts'
import { createNetwork } from '../network/network.ts'
import { targetOf } from '../network/target.ts'
import { notOpen } from '../notOpen.ts'
import { loadMessage } from '../profileFiles.ts'
import type { ConnectionIo, Outcome, Sender, Transport, TransportOptions } from '../transport.ts'
import { type WsConnection, watchWebSocket } from './wsConnection.ts'
import { type Opened, openWebSocket } from './wsOpening.ts'
import { createRepeater, type Repeat } from './wsRepeater.ts'
import { webSocketUrl } from './wsRequest.ts'

const unreadWords =
  'The server has not yet read all that was sent: the repeated message waits until it has.'

export function createWebSocketTransport(options: TransportOptions): Transport {
  const { resolved: endpoint, limits } = options
  const network = createNetwork(options)
  const { request: asked } = targetOf(endpoint)
  const request = { ...asked, url: webSocketUrl(asked.url) }
  let current: WsConnection | null = null
  /** Of the connection that is open. */
  let tellFault: (fault: Fault) => void = () => {}
  let rejectCurrent: (fault: unknown) => void = () => {}
  let tellUnread: () => void = () => {}
  const repeater = createRepeater(repeatOf(endpoint.repeat), {
    onFault: (fault) => rejectCurrent(fault),
    onUnloaded: (fault) => tellFault(fault),
    onUnread: () => tellUnread(),
  })

  function repeatOf(repeat: Endpoint['repeat']): Repeat | null {
    if (repeat === null) return null
    const { message, everyMs } = repeat
    return { load: () => loadMessage(message), everyMs: Math.min(everyMs, limits.maxDelayMs) }
  }

  function connect(io: ConnectionIo): Promise<Outcome> {
    if (io.signal.aborted) return Promise.resolve({ kind: 'stopped' })
    return openWebSocket({ io, network, limits, endpoint, request }, handleOpen)

    function handleOpen({ ws, socket, meter, record }: Opened): Promise<Outcome> {
      const ended = Promise.withResolvers<Outcome>()
      const live = watchWebSocket(ws, socket, { io, limits, endpoint, meter })
      current = live
      live.ended.finally(() => repeater.close()).then(ended.resolve, ended.reject)
      io.opened()
      tellFault = (fault) => record.error(fault, 'local')
      tellUnread = () => connectionFrames(io).notice('repeat-waits', unreadWords)
      rejectCurrent = ended.reject
      repeater.open(live)
      sendFirst(live).catch(ended.reject)
      return ended.promise
    }
  }

  async function sendFirst(live: WsConnection): Promise<void> {
    for (const content of endpoint.send) {
      const message = await loadMessage(content)
      // One that can no longer leave needs no word of its own: the closing is drawn.
      if (message.ok) live.send(message.value).catch(() => null)
      else tellFault(message.fault)
    }
  }

  const sender: Sender = {
    send: (message) => current?.send(message) ?? Promise.reject(notOpen()),
    ping: (data) => current?.ping(data) ?? Promise.reject(notOpen()),
    closeWith: (code, reason) => current?.close(code, reason) ?? Promise.reject(notOpen()),
    repeat(message, everyMs) {
      repeater.set(
        message === null ? null : { load: async () => ({ ok: true, value: message }), everyMs },
      )
    },
    get repeatMs() {
      return repeater.repeat?.everyMs ?? null
    },
  }

  return {
    connect,
    sender,
    async close() {
      repeater.set(null)
      network.close()
    },
  }
}
