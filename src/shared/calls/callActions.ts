// The actions that a timeline offers where a call has failed.

import type { ErrorAction } from '../frame/actionNames.ts'
import { type ActionFacts, errorActions } from '../frame/errorActions.ts'
import type { CodeRow } from '../frame/errorCodes.ts'
import { type CallCode, callCodes } from './callCodes.ts'

export interface CallAction {
  readonly name: ErrorAction
  readonly label: string
}

const place = { detail: {}, cameSeq: null }

/** The likeliest first. */
export function callActions(code: CallCode, facts: ActionFacts): readonly CallAction[] {
  const { actions = [] }: CodeRow = callCodes[code]
  return actions
    .filter((name) => errorActions[name].fits(facts, place))
    .map((name) => ({ name, label: labelOf(name, facts) }))
}

/** What was asked for is not tried again, but can be. */
function labelOf(name: ErrorAction, facts: ActionFacts): string {
  return name === 'retry' && !facts.isSaved ? 'Reconnect' : errorActions[name].label(facts, {})
}
