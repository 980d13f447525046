// The error that keeps a session from going on or has ended it, with what can be done about it.

import { type CallCode, callCodes, isCallCode } from '../../shared/calls/callCodes.ts'
import type { TimelineApi, TimelineSession } from '../../shared/calls/messages.ts'
import type { ErrorAction } from '../../shared/frame/actionNames.ts'
import { errorActions } from '../../shared/frame/errorActions.ts'
import type { CodeRow } from '../../shared/frame/errorCodes.ts'
import {
  adviceOf,
  detailOf,
  offeredActions,
  sentenceOf,
} from '../../shared/frame/offeredActions.ts'
import { isBeside, type Related } from '../../shared/session/related.ts'
import { type CalmState, createFailureCalm, type Passing } from './failureCalm.ts'

export interface OfferedAction {
  readonly name: ErrorAction
  readonly label: string
}

export interface Failure {
  /** The frame that tells it; null where none does. */
  readonly seq: number | null
  /** Of the call that failed, where it is known; null where a frame tells it. */
  readonly code: CallCode | null
  /** An error is one; a notice, such as of a limit, warns. */
  readonly tone: 'error' | 'warning'
  readonly sentence: string
  readonly advice: string | null
  /** The likeliest first. */
  readonly actions: readonly OfferedAction[]
  /** The frame that holds what came. */
  readonly cameSeq: number | null
  /** Epoch ms of the frame that tells it. */
  readonly at: number | null
  /** Of one that has passed once at least. */
  readonly passing: Passing | null
  /** Nothing keeps the session from going on at this moment. */
  readonly isWell: boolean
}

/** What an error, a notice or a refused request tells and offers; null for other frames. */
export function failureOf(
  related: Pick<Related, 'row' | 'answered' | 'cameSeq'>,
  { facts }: Pick<TimelineSession, 'facts'>,
): Failure | null {
  const {
    row: { frame },
    cameSeq,
  } = related
  const sentence = sentenceOf(frame)
  if (sentence === null) return null
  const detail = detailOf(frame)
  const place = { cameSeq, isBeside: isBeside(related) }
  const actions = offeredActions(frame, facts, place).map((name) => ({
    name,
    label: errorActions[name].label(facts, detail),
  }))
  const { seq, at } = frame
  return {
    seq,
    code: null,
    tone: frame.kind === 'notice' ? 'warning' : 'error',
    sentence,
    advice: adviceOf(frame),
    actions,
    cameSeq,
    at,
    passing: null,
    isWell: false,
  }
}

/** An end for which no frame gives a reason: where a call failed its code tells what to do. */
function untold(sentence: string, { facts, status }: TimelineSession): Failure {
  const { unstarted = '' } = status
  const code = isCallCode(unstarted) ? unstarted : null
  const { advice, actions = [] }: Partial<CodeRow> = code === null ? {} : callCodes[code]
  const names = new Set<ErrorAction>([...actions, 'retry'])
  const offered = [...names].map((name) => ({ name, label: errorActions[name].label(facts, {}) }))
  const nowhere = { seq: null, cameSeq: null, at: null, passing: null, isWell: false }
  return { ...nowhere, code, tone: 'error', sentence, advice: advice ?? null, actions: offered }
}

export interface FailureFinder {
  /** Null where all is well, and until the frame has been read. */
  find(session: TimelineSession): Failure | null
  /** One that has passed is seen enough. */
  dismiss(): void
  /** See `FailureCalm`. */
  calm: CalmState
}

/** `onFound`: a frame that was asked for has come, or a failure that has passed goes. */
export function createFailureFinder(
  api: Pick<TimelineApi, 'related'>,
  onFound: () => void,
  onProblem: (problem: unknown) => void,
): FailureFinder {
  const calm = createFailureCalm()
  let wake: ReturnType<typeof setTimeout> | undefined
  let asked: number | null = null
  let known: Related | null = null

  async function read(seq: number): Promise<void> {
    asked = seq
    const related = await api.related(seq).catch(onProblem)
    if (asked !== seq || !related) return
    known = related
    onFound()
  }

  return {
    find(session) {
      const { failure, outcome } = session.status
      if (outcome?.by === 'user' || outcome?.by === 'server') return null
      if (failure === null && outcome !== null) return untold(outcome.message, session)
      const shown = calm.update(failure, Date.now())
      clearTimeout(wake)
      if (shown === null) return null
      if (shown.forMs !== null) wake = setTimeout(onFound, shown.forMs)
      if (asked !== shown.seq) void read(shown.seq)
      // While the next one is read, the one before stands.
      const found = known && failureOf(known, session)
      const passing = outcome === null ? shown.passing : null
      return found && { ...found, passing, isWell: failure === null }
    },
    dismiss() {
      calm.state = { ...calm.state, last: null }
      onFound()
    },
    get calm() {
      return calm.state
    },
    set calm(kept) {
      calm.state = kept
    },
  }
}
