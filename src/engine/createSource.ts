// The source of a session's frames that its plan asks for.

import type { SessionPlan } from '../shared/session/sessionPlan.ts'
import { createTransport } from './createTransport.ts'
import { createRelay } from './relay/relay.ts'
import { createReplaySource } from './replay/client/replaySource.ts'
import { createConnectingSource } from './session/connectingSource.ts'
import type { Source, SourceIo } from './session/source.ts'
import { createTapSource } from './tap/tapSource.ts'

/** Opens nothing yet. */
export function createSource(plan: SessionPlan, io: SourceIo): Source {
  if (plan.resend) return createReplaySource(plan, plan.resend, io)
  if (plan.resolved.method === 'tap') return createTapSource(plan, io, createRelay)
  const { hidePassing } = io
  return createConnectingSource(plan, createTransport({ ...plan, hidePassing }), io)
}
