// The sentence about a call that failed, with its code, by which something may be offered.

import { callActions } from '../../shared/calls/callActions.ts'
import type { CallCode } from '../../shared/calls/callCodes.ts'
import type { TimelineApi, TimelineSession } from '../../shared/calls/messages.ts'
import { RpcError } from '../../shared/calls/rpc.ts'
import { toError } from '../../shared/unknown.ts'
import type { FrameActions } from './frameActions.ts'

export interface CallProblem {
  readonly text: string
  /** Null where the page itself found what is wrong. */
  readonly code: CallCode | null
}

/** A button behind a sentence. */
export interface Offer {
  readonly name: string
  readonly run: () => unknown
}

/** `problem`: what the call rejected with, or a sentence. */
export function problemOf(problem: unknown): CallProblem {
  return { text: toError(problem).message, code: problem instanceof RpcError ? problem.code : null }
}

/** The parts of a timeline's model that act. */
interface Acting {
  readonly session: TimelineSession | null
  readonly api: TimelineApi
  readonly actions: FrameActions
}

/** What can be done about a call that has failed, the likeliest first; nothing where `code` is null. */
export function callOffers(
  { session, api, actions }: Acting,
  code: CallCode | null,
): readonly Offer[] {
  if (session === null || code === null) return []
  return callActions(code, session.facts).map(({ name, label }) => ({
    name: label,
    run: () => actions.run(name === 'retry' ? api.reconnect() : api.act(name, code)),
  }))
}
