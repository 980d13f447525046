// Tells a screen reader unasked: changes of state at once, counts now and then.

import type { TimelineSession } from '../../shared/calls/messages.ts'
import { stateWord } from '../../shared/session/sessionState.ts'
import { countFrames, formatCount } from '../../shared/text/units.ts'

export interface Announcer {
  /** `state`: the state's word; `frames`: how many, without those of the wire layer; `now`: ms. Returns what to say, or null. */
  update(state: string, frames: number, now: number): string | null
}

const countEveryMs = 10_000

export function createAnnouncer(): Announcer {
  let saidState = ''
  let saidFrames = 0
  let saidAt = Number.NEGATIVE_INFINITY
  return {
    update: (state, frames, now) => {
      if (state !== saidState) {
        saidState = state
        saidFrames = frames
        saidAt = now
        return `${state}. ${countFrames(frames)}.`
      }
      if (frames <= saidFrames || now - saidAt < countEveryMs) return null
      const added = frames - saidFrames
      saidFrames = frames
      saidAt = now
      return `${formatCount(added)} new ${added === 1 ? 'frame' : 'frames'}.`
    },
  }
}

/** Has `region` say how the session stands, where there is something to say. */
export function announceSession(
  announcer: Announcer,
  session: TimelineSession | null,
  region: { textContent: string | null } | null,
): void {
  if (!session) return
  const { frames, statistics } = session.status
  const words = announcer.update(stateWord(session), frames - statistics.wireFrames, Date.now())
  if (words !== null && region) region.textContent = words
}
