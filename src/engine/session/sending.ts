// Checks and passes on what the user sends: messages, pings, a close frame, requests beside the stream.

import type { SendingApi } from '../../shared/calls/messages.ts'
import { RpcError } from '../../shared/calls/rpc.ts'
import type {
  MessageToSend,
  OutgoingMessage,
  RequestToSend,
} from '../../shared/endpoint/endpoint.ts'
import { checkClose } from '../../shared/frame/closeCodes.ts'
import type { Limits } from '../../shared/limits.ts'
import type { PlainRequest } from '../transports/http/companion.ts'
import { notOpen } from '../transports/notOpen.ts'
import { loadMessage } from '../transports/profileFiles.ts'
import type { Sender } from '../transports/transport.ts'
import type { SentAgain } from './sentAgain.ts'
import type { Source } from './source.ts'

export interface SendingOptions {
  readonly source: Pick<Source, 'sender' | 'messages' | 'request'>
  readonly limits: Pick<Limits, 'minIntervalMs' | 'maxDelayMs'>
  /** Aborts when the session ends. */
  readonly signal: AbortSignal
  isOpen(): boolean
  /** Repeating begins or ends. */
  onRepeat(): void
  readonly sentAgain: SentAgain
}

export function createSending(options: SendingOptions): SendingApi {
  const { source, limits, signal, isOpen, onRepeat, sentAgain } = options
  const { sender, messages = [] } = source

  /** Throws `cannot-send`. */
  function need(what: string): Sender {
    if (sender === undefined) {
      const message = `Only a WebSocket can send ${what}. Send a request instead.`
      throw new RpcError('cannot-send', message)
    }
    return sender
  }

  function checkOpen(): void {
    if (!isOpen()) throw notOpen()
  }

  async function load(message: MessageToSend): Promise<OutgoingMessage> {
    if (message.type === 'edited') return sentAgain.message(message.message, message.of)
    if (message.type !== 'saved') return message
    const saved = messages.find(({ name }) => name === message.name)
    if (!saved) {
      throw new RpcError('no-such-message', `The profile has no message “${message.name}”.`)
    }
    const loaded = await loadMessage(saved)
    if (!loaded.ok) throw new RpcError('file-not-readable', loaded.fault.message)
    return loaded.value
  }

  async function request(companion: RequestToSend | PlainRequest): Promise<number> {
    if (signal.aborted) throw new RpcError('ended', 'This session has ended.')
    if (source.request === undefined) throw noEndpoint()
    const edited = 'edited' in companion
    return source.request(edited ? sentAgain.request(companion.edited, companion.of) : companion)
  }

  return {
    request,
    async sendAgain(seq) {
      if (signal.aborted) throw new RpcError('ended', 'This session has ended. Reconnect to send.')
      const what = sentAgain.again(seq)
      if (what.kind === 'request') return request(what.request)
      const to = need('messages')
      checkOpen()
      await (what.kind === 'ping' ? to.ping(what.data) : to.send(what.message))
      return null
    },
    async send(message) {
      const to = need('messages')
      checkOpen()
      await to.send(await load(message))
    },
    async repeat(message, everyMs) {
      const to = need('messages')
      const { minIntervalMs, maxDelayMs } = limits
      if (message !== null && !(everyMs >= minIntervalMs && everyMs <= maxDelayMs)) {
        const sentence = `Repeat the message every ${minIntervalMs} ms or less often.`
        throw new RpcError('bad-interval', sentence)
      }
      to.repeat(message === null ? null : await load(message), everyMs)
      onRepeat()
    },
    async ping(data) {
      const to = need('pings')
      checkOpen()
      await to.ping(data)
    },
    async closeWith(code, reason) {
      const to = need('close frames')
      const problem = checkClose(code, reason)
      if (problem !== null) throw new RpcError('bad-close', problem)
      checkOpen()
      await to.closeWith(code, reason)
    },
  }
}

export function noEndpoint(): RpcError {
  return new RpcError('no-endpoint', 'This session connects to no endpoint: others connect to it.')
}
