// The sentence in the place of rows that says why there are none.

import type { SessionStatus } from '../../shared/session/sessionState.ts'
import { countFrames } from '../../shared/text/units.ts'
import type { ShownRows } from '../model/shownRows.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

type Facts = Pick<TimelineModel, 'session' | 'status' | 'problem'>
type RowFacts = Pick<ShownRows, 'total' | 'liveTotal' | 'filter' | 'search' | 'pausedSeq'>

/** Why there are no rows, and what will bring some. */
export function emptySentence({ session, status, problem }: Facts, shown: RowFacts): string {
  if (shown.total > 0) return ''
  if (!session || !status) return problem === null ? 'Loading the session.' : ''
  if (shown.search.isStopped) return 'The search was stopped before it found a frame.'
  if (shown.search.isOpen) return 'Searching.'
  if (shown.liveTotal > 0) return 'Loading rows.'
  const { text, afterSeq } = shown.filter
  if (text !== '') {
    return afterSeq > 0
      ? `No frame after those cleared away matches “${text}”.`
      : `No frame matches “${text}”. Empty the filter to see all.`
  }
  if (afterSeq > 0) {
    const cleared = `${countFrames(afterSeq)} ${afterSeq === 1 ? 'is' : 'are'} cleared away.`
    return cleared + laterWords(status, shown.pausedSeq)
  }
  if (status.frames > 0)
    return shown.pausedSeq === 0
      ? `Nothing had come before the pause.${laterWords(status, 0)}`
      : 'Loading rows.'
  if (session.readOnly) return 'This capture holds no frames.'
  if (status.state === 'ended') return 'The session ended before anything crossed the wire.'
  // Of a tap the example says what to do.
  return status.listening === null ? 'Nothing has crossed the wire yet.' : ''
}

/** What there is after the frames that count, or will be: those come after the pause where there is one. */
function laterWords({ frames, state }: SessionStatus, pausedSeq: number | null): string {
  if (pausedSeq !== null && frames > pausedSeq) return ' Resume to see what has come since.'
  if (state === 'ended') return ''
  return ` New ones will show here${pausedSeq === null ? '' : ' once you resume'}.`
}
