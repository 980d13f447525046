// Requests beside the stream while a session goes on: each has its answer in the timeline, or that it was stopped.

import type { RequestToSend } from '../../shared/endpoint/endpoint.ts'
import { requestSecrets } from '../../shared/secrets/implicitSecrets.ts'
import type { SessionPlan } from '../../shared/session/sessionPlan.ts'
import { sendCompanion } from '../transports/http/companion.ts'
import type { Transport } from '../transports/transport.ts'
import type { Recorder } from './recorder.ts'

export interface Companions {
  /** As `SendingApi.request`; drawn on connection `connection`. */
  send(companion: RequestToSend, connection: number): Promise<number>
  /** Resolves when none waits for its answer; at once, but for their last frames, after the signal. */
  settled(): Promise<void>
}

/** `signal` stops those that are under way. */
export function createCompanions(
  plan: SessionPlan,
  transport: Transport,
  recorder: Recorder,
  signal: AbortSignal,
): Companions {
  const cookies = transport.cookies && { cookies: transport.cookies }
  const underWay = new Set<Promise<number>>()
  const { emit, wire } = recorder

  return {
    async send(companion, connection) {
      const typed = 'saved' in companion ? [] : requestSecrets(companion)
      recorder.hide(typed)
      const options = { ...plan, secrets: [...plan.secrets, ...typed], ...cookies }
      const sent = sendCompanion(companion, options, { connection, signal, emit, wire })
      underWay.add(sent)
      try {
        return await sent
      } finally {
        underWay.delete(sent)
      }
    },
    async settled() {
      await Promise.allSettled(underWay)
    },
  }
}
