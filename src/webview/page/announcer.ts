// Tells a screen reader unasked, once a second at most: the connection and errors as they change, counts now and then.

import { type SessionState, stateWord } from '../../shared/session/sessionState.ts'
import { countFrames, formatCount } from '../../shared/text/units.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** How the session stands. */
export interface Standing {
  readonly state: SessionState
  /** The state in a word, with a capital. */
  readonly word: string
  /** Without those of the wire layer. */
  readonly frames: number
  readonly errors: number
  /** The newest row is kept in view, so that what comes is of interest. */
  readonly follows: boolean
  /** How many wait for the user's decision. */
  readonly held: number
  /** The ID of the newest of them; 0 where there is none. */
  readonly newestHeld: number
}

export interface Announcer {
  /** `now`: ms. What to say, or null; `againMs`: there is more to say by then, or null. */
  update(
    standing: Standing,
    now: number,
  ): { readonly words: string | null; readonly againMs: number | null }
}

const atMostEveryMs = 1000
const countEveryMs = 10_000

export function createAnnouncer(): Announcer {
  let said: Standing | null = null
  let saidAt = Number.NEGATIVE_INFINITY
  let hasBeenOpen = false
  /** Another state than the one that was told has come, if only to go at once. */
  let turned = false
  return {
    update: (standing, now) => {
      if (standing.state !== said?.state) turned = true
      const isNews = turned || standing.errors > (said?.errors ?? 0) || isNewlyHeld(standing, said)
      const isCount = standing.follows && standing.frames > (said?.frames ?? 0)
      const dueAt = saidAt + (isNews ? atMostEveryMs : countEveryMs)
      if (!isNews && !isCount) return { words: null, againMs: null }
      if (now < dueAt) return { words: null, againMs: dueAt - now }
      const words = sentences(standing, said, { turned, hasBeenOpen })
      hasBeenOpen ||= standing.state === 'open'
      turned = false
      said = standing
      saidAt = now
      return { words, againMs: null }
    },
  }
}

function sentences(
  standing: Standing,
  said: Standing | null,
  { turned, hasBeenOpen }: { readonly turned: boolean; readonly hasBeenOpen: boolean },
): string {
  const errors = standing.errors - (said?.errors ?? 0)
  const added = standing.frames - (said?.frames ?? 0)
  const told = [
    turned ? `${turnOf(standing, said, hasBeenOpen)}.` : '',
    isNewlyHeld(standing, said) ? `${heldWords(standing)}.` : '',
    errors > 0 ? `${formatCount(errors)} ${errors === 1 ? 'error' : 'errors'}.` : '',
    turned ? `${countFrames(standing.frames)}.` : '',
    !turned && added > 0 ? `${formatCount(added)} new ${added === 1 ? 'frame' : 'frames'}.` : '',
  ]
  return told.filter((sentence) => sentence !== '').join(' ')
}

/** Each is told once. */
function isNewlyHeld({ newestHeld }: Standing, said: Standing | null): boolean {
  return newestHeld > (said?.newestHeld ?? 0)
}

function heldWords({ held }: Standing): string {
  return held === 1
    ? 'One is held for you to decide'
    : `${formatCount(held)} are held for you to decide`
}

function turnOf({ state, word }: Standing, said: Standing | null, hasBeenOpen: boolean): string {
  if (state === 'open' && hasBeenOpen) return 'Connected again'
  return state === 'waiting' && said?.state === 'open' ? 'Connection lost, waiting' : word
}

/** Has the live region of the page say how a session stands. `again`: leads to the next call. */
export function createSessionVoice(
  again: () => void,
): (model: TimelineModel, region: { textContent: string | null } | null) => void {
  const announcer = createAnnouncer()
  let timer: ReturnType<typeof setTimeout> | undefined
  return ({ session, shown }, region) => {
    if (session === null || region === null) return
    const { state, frames, statistics, holds } = session.status
    const { words, againMs } = announcer.update(
      {
        state,
        word: stateWord(session),
        frames: frames - statistics.wireFrames,
        errors: statistics.errors,
        follows: shown.follow && shown.pausedSeq === null,
        held: holds.count,
        newestHeld: Math.max(0, ...holds.held.map(({ id }) => id)),
      },
      Date.now(),
    )
    clearTimeout(timer)
    if (againMs !== null) timer = setTimeout(again, againMs)
    if (words !== null) region.textContent = words
  }
}
