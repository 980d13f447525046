// The advice and the actions of a frame: its own words and its code's row, where they fit the session.

import { isClientMethod } from '../endpoint/methods.ts'
import type { ErrorAction } from './actionNames.ts'
import { closedWords, explainCloseCode, mayWantCredentials } from './closeCodes.ts'
import { type ActionFacts, type ActionPlace, errorActions } from './errorActions.ts'
import { type CodeRow, errorCodes } from './errorCodes.ts'
import { type ErrorDetail, type Frame, type FrameOf, isComplaint } from './frame.ts'
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
  if (isRefusedRequest(frame)) return frame.detail.status < 500 ? refusedRequest : failedRequest
  const { kind, code } = frame
  const list = lists[kind]
  return code !== null && list && Object.hasOwn(list, code) ? list[code] : undefined
}

/** The answer to a request beside the stream: whatever its status, it is no error of the session. */
const refusedRequest = {
  advice: 'Correct the request, then send it again.',
  actions: ['enter-secret', 'edit-profile'],
} as const

const failedRequest = {
  advice: 'Look at the log of the server, then send it again.',
  actions: ['edit-profile'],
} as const

function isRefusedRequest(frame: Frame): frame is FrameOf<'response'> {
  return (
    frame.kind === 'response' && frame.detail.purpose === 'companion' && frame.detail.status >= 400
  )
}

/** What to do: in the frame's own words, or in those of its code; null where nobody knows. */
export function adviceOf(frame: Frame): string | null {
  const own =
    frame.kind === 'close' && isComplaint(frame) ? explainCloseCode(frame.detail.code) : undefined
  return detailOf(frame).advice ?? own ?? rowOf(frame)?.advice ?? null
}

/** What the frame offers in this session, the likeliest first. `place`: as in `ActionPlace`. */
export function offeredActions(
  frame: Frame,
  facts: ActionFacts,
  place: Omit<ActionPlace, 'detail'>,
): readonly ErrorAction[] {
  const detail = detailOf(frame)
  const actions = rowOf(frame)?.actions ?? []
  const isProgram = !isClientMethod(facts.method) && frame.connection > 0
  const fitting = actions.filter((name) => {
    const { connects, fits } = errorActions[name]
    return !(isProgram && connects) && fits(facts, { ...place, detail })
  })
  // The URL of a profile is changed in the profile.
  const inPlace = facts.hasProfile
    ? fitting.map((name) => (name === 'change-url' ? 'edit-profile' : name))
    : fitting
  return [...new Set(inPlace)]
}

/** Of an error what its detail says; of a close frame and of a refused request what it is about; of others nothing. */
export function detailOf(frame: Frame | null): Partial<ErrorDetail> {
  if (frame === null) return {}
  if (frame.kind === 'error') return frame.detail
  if (frame.kind === 'close' && mayWantCredentials(frame.detail.code)) return { fields: ['auth'] }
  const asksWho = isRefusedRequest(frame) && [401, 403].includes(frame.detail.status)
  return asksWho ? { fields: ['requests'] } : {}
}

/** The sentence of what tells a fault: an error, a notice, a close frame, a refused request; null for others. */
export function sentenceOf(frame: Frame): string | null {
  if (frame.kind === 'error' || frame.kind === 'notice') return frame.detail.message
  if (frame.kind === 'close') return isComplaint(frame) ? closedWords(frame.detail) : null
  if (!isRefusedRequest(frame)) return null
  const { status, statusText } = frame.detail
  return `The server answered ${`${status} ${statusText}`.trimEnd()}.`
}
