// Pulls the life of a lane's session: its end, and the times without a connection.

import type { Outage } from '../../shared/session/overview.ts'
import { createPulled } from '../model/pulled.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

export interface LaneLife {
  readonly outages: readonly Outage[]
  /** Epoch ms of the last frame, as far as is known. */
  readonly endAt: number | null
  /** The session may have gone on. */
  refresh(): void
}

const everyMs = 500

export function createLaneLife(model: TimelineModel, onChange: () => void): LaneLife {
  let outages: readonly Outage[] = []
  let endAt: number | null = null
  const pulled = createPulled({
    wanted: () => wantedOf(model),
    async ask() {
      const { result, complete } = await model.api.analysis('overview', { afterSeq: 0 })
      outages = result.outages
      endAt = result.endAt
      return complete
    },
    everyMs,
    restMs: () => 0,
    onChange,
    // What is known stays: the frames' own reading says what is wrong.
    onProblem: () => {},
  })
  return {
    get outages() {
      return outages
    },
    get endAt() {
      return endAt
    },
    refresh: pulled.refresh,
  }
}

/** Connections come and go seldom; frames, of which none is asked about here, come all the time. */
function wantedOf({ session, ready }: TimelineModel): string | null {
  if (!session || !ready) return null
  const { state, statistics, outcome, frames } = session.status
  const { connections, errors } = statistics
  const isOver = session.readOnly || state === 'ended'
  return JSON.stringify([
    session.sessionId,
    connections,
    errors,
    state,
    outcome !== null,
    isOver && frames,
  ])
}
