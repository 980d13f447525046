// The advice and the actions of a frame: its own words and its code's row, where they fit the session.

import type { ErrorAction } from './actionNames.ts'
import { explainCloseCode, mayWantCredentials } from './closeCodes.ts'
import { type ActionFacts, errorActions } from './errorActions.ts'
import { type CodeRow, errorCodes } from './errorCodes.ts'
import { type ErrorDetail, type Frame, isComplaint } from './frame.ts'
import { noticeCodes } from './noticeCodes.ts'

const lists: Readonly<Record<string, Readonly<Record<string, CodeRow | undefined>>>> = {
  error: errorCodes,
  notice: noticeCodes,
}

/** For a close frame of the server, which has no code of ours. */
const closed: Pick<CodeRow, 'actions' | 'advice'> = {
  advice: 'Look up the code in the documentation of the server, or in its log: it is its own.',
  actions: ['enter-secret', 'add-credentials', 'edit-profile', 'retry'],
}

/** Undefined for a frame without a code, and for a code that this version does not know. */
function rowOf(frame: Frame): Pick<CodeRow, 'actions' | 'advice'> | undefined {
  if (isComplaint(frame)) return closed
  const { kind, code } = frame
  const list = lists[kind]
  return code !== null && list && Object.hasOwn(list, code) ? list[code] : undefined
}

/** What to do: in the frame's own words, or in those of its code; null where nobody knows. */
export function adviceOf(frame: Frame): string | null {
  const own =
    frame.kind === 'close' && isComplaint(frame) ? explainCloseCode(frame.detail.code) : undefined
  return detailOf(frame).advice ?? own ?? rowOf(frame)?.advice ?? null
}

/** What the frame offers in this session, the likeliest first. `cameSeq`: as in `ActionPlace`. */
export function offeredActions(
  frame: Frame,
  facts: ActionFacts,
  cameSeq: number | null,
): readonly ErrorAction[] {
  const detail = detailOf(frame)
  const actions = rowOf(frame)?.actions ?? []
  const fitting = actions.filter((name) => errorActions[name].fits(facts, { detail, cameSeq }))
  // The URL of a profile is changed in the profile.
  const inPlace = facts.hasProfile
    ? fitting.map((name) => (name === 'change-url' ? 'edit-profile' : name))
    : fitting
  return [...new Set(inPlace)]
}

/** Of an error what its detail says, of a close frame what it is about; of any other frame nothing. */
export function detailOf(frame: Frame | null): Partial<ErrorDetail> {
  if (frame?.kind === 'error') return frame.detail
  return frame?.kind === 'close' && mayWantCredentials(frame.detail.code)
    ? { fields: ['auth'] }
    : {}
}
