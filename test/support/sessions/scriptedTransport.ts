// A transport without a wire: the test says what each connection sees and how it ends.

import type { ConnectionIo, Outcome, Transport } from '../../../src/engine/transports/transport.ts'
import type { OutgoingMessage } from '../../../src/shared/endpoint/endpoint.ts'

export interface ScriptedConnection {
  readonly io: ConnectionIo
  end(outcome: Outcome): void
  fail(error: Error): void
}

export interface ScriptedTransport extends Transport {
  readonly connections: ScriptedConnection[]
  /** The newest connection. */
  readonly current: ScriptedConnection
  readonly sent: OutgoingMessage[]
  readonly closed: () => boolean
}

/** `deaf` transports do not answer to their signal. */
export function createScriptedTransport(options: { deaf?: boolean } = {}): ScriptedTransport {
  const connections: ScriptedConnection[] = []
  const sent: OutgoingMessage[] = []
  let closed = false
  return {
    connections,
    sent,
    closed: () => closed,
    get current() {
      const last = connections.at(-1)
      if (!last) throw new Error('there was no connection yet')
      return last
    },
    connect(io) {
      const { promise, resolve, reject } = Promise.withResolvers<Outcome>()
      connections.push({ io, end: resolve, fail: reject })
      if (!options.deaf) {
        io.signal.addEventListener('abort', () => resolve({ kind: 'stopped' }), { once: true })
      }
      return promise
    },
    sender: {
      async send(message) {
        sent.push(message)
      },
      ping: unscripted,
      closeWith: unscripted,
      repeat: unscripted,
      repeatMs: null,
    },
    async close() {
      closed = true
    },
  }
}

function unscripted(): never {
  throw new Error('No script says what this does.')
}
