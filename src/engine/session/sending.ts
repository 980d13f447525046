// What the user sends on an open WebSocket: messages, saved ones, repeated ones, pings, a close frame.

import type { SendingApi } from '../../shared/calls/messages.ts'
import { RpcError } from '../../shared/calls/rpc.ts'
import type { MessageToSend, OutgoingMessage } from '../../shared/endpoint/endpoint.ts'
import { checkClose } from '../../shared/frame/closeCodes.ts'
import type { SessionPlan } from '../../shared/session/sessionPlan.ts'
import { toError } from '../../shared/unknown.ts'
import { loadMessage } from '../transports/profileFiles.ts'
import type { Transport } from '../transports/transport.ts'

/** What only a WebSocket can do. */
export type Sending = Omit<SendingApi, 'request'>

/** `onRepeat` is called when repeating begins or ends. */
export function createSending(
  { resolved, limits }: Pick<SessionPlan, 'resolved' | 'limits'>,
  transport: Transport,
  isOpen: () => boolean,
  onRepeat: () => void,
): Sending {
  function checkOpen(): void {
    if (isOpen()) return
    throw new RpcError('not-open', 'The WebSocket is not open. Reconnect, then send again.')
  }

  async function load(message: MessageToSend): Promise<OutgoingMessage> {
    if (message.type !== 'saved') return message
    const saved = resolved.messages.find(({ name }) => name === message.name)
    if (!saved) {
      throw new RpcError('no-such-message', `The profile has no message “${message.name}”.`)
    }
    try {
      return await loadMessage(saved)
    } catch (error) {
      if (saved.kind !== 'file') throw error
      const cause = toError(error).message
      throw new RpcError('file-not-readable', `The message cannot be sent: ${cause}.`)
    }
  }

  return {
    async send(message) {
      if (!transport.send) throw cannotSend('messages')
      checkOpen()
      await transport.send(await load(message))
    },
    async repeat(message, everyMs) {
      if (!transport.repeat) throw cannotSend('messages')
      const { minIntervalMs, maxDelayMs } = limits
      if (message !== null && !(everyMs >= minIntervalMs && everyMs <= maxDelayMs)) {
        const sentence = `Repeat a message every ${minIntervalMs} ms or less often.`
        throw new RpcError('bad-interval', sentence)
      }
      transport.repeat(message === null ? null : await load(message), everyMs)
      onRepeat()
    },
    async ping(data) {
      if (!transport.ping) throw cannotSend('pings')
      checkOpen()
      await transport.ping(data)
    },
    async closeWith(code, reason) {
      if (!transport.closeWith) throw cannotSend('close frames')
      const problem = checkClose(code, reason)
      if (problem !== null) throw new RpcError('bad-close', problem)
      checkOpen()
      await transport.closeWith(code, reason)
    },
  }
}

function cannotSend(what: string): RpcError {
  return new RpcError('cannot-send', `Only a WebSocket can send ${what}. Send a request instead.`)
}
