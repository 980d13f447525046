// The advice and the actions of a frame: its own words and its code's row, where they fit the session.

import type { ErrorAction } from './actionNames.ts'
import { type ActionFacts, errorActions } from './errorActions.ts'
import { type CodeRow, errorCodes } from './errorCodes.ts'
import type { ErrorDetail, Frame } from './frame.ts'
import { noticeCodes } from './noticeCodes.ts'

const lists: Readonly<Record<string, Readonly<Record<string, CodeRow | undefined>>>> = {
  error: errorCodes,
  notice: noticeCodes,
}

/** Undefined for a frame without a code, and for a code that this version does not know. */
function rowOf({ kind, code }: Frame): CodeRow | undefined {
  const list = lists[kind]
  return code !== null && list && Object.hasOwn(list, code) ? list[code] : undefined
}

/** What to do: in the frame's own words, or in those of its code; null where nobody knows. */
export function adviceOf(frame: Frame): string | null {
  return detailOf(frame).advice ?? rowOf(frame)?.advice ?? null
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

/** Of an error what its detail says; of any other frame nothing. */
export function detailOf(frame: Frame | null): Partial<ErrorDetail> {
  return frame?.kind === 'error' ? frame.detail : {}
}
