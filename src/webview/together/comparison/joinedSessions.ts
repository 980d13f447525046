// The items of several sessions as the page joins them: pulled from their threads piece by piece.

import type { TimelineApi } from '../../../shared/calls/messages.ts'
import type { JoinedLane } from '../../../shared/comparison/compareLanes.ts'
import { createItemJoin, type ItemJoin } from '../../../shared/comparison/itemJoin.ts'
import type { ItemPlaces } from '../../../shared/comparison/itemPlaces.ts'
import type { LaneAnswer, LaneMarks } from '../../../shared/comparison/lane.ts'
import type { Method } from '../../../shared/endpoint/endpoint.ts'
import type { AnalysisAnswer } from '../../../shared/session/analysisResults.ts'
import { restAfter } from './inSlices.ts'

/** A session that is compared. */
export interface ComparedSession {
  readonly api: Pick<TimelineApi, 'analysis'>
  readonly name: string
  readonly method: Method
}

export interface JoinedSessions {
  readonly places: ItemPlaces | null
  readonly join: ItemJoin
  /** Of each session what its last answer told; empty before all have answered. */
  readonly lanes: readonly JoinedLane[]
  readonly marks: readonly LaneMarks[]
  /**
   * Reads on for about `ms`. Answers whether all is read that there was; null where an answer is of another time, and
   * all has to begin anew. Rejects as `analysis` does.
   */
  readOn(ms: number): Promise<boolean | null>
}

type Piece = AnalysisAnswer<'items'> & { readonly lane: number }

export function createJoinedSessions(
  sessions: readonly ComparedSession[],
  places: ItemPlaces | null,
): JoinedSessions {
  const join = createItemJoin(sessions.length)
  const answers: (LaneAnswer | undefined)[] = sessions.map(() => undefined)
  const ended = sessions.map(() => false)
  let lanes: readonly JoinedLane[] = []

  async function askPiece({ api }: ComparedSession, lane: number): Promise<Piece> {
    const items = { places, from: join.arrivals(lane).length }
    return { lane, ...(await api.analysis('items', { afterSeq: 0, items })) }
  }

  /** Takes the next piece of each session that has more; false where one does not follow on what is known. */
  async function readPieces(): Promise<boolean> {
    const open = sessions.flatMap((session, lane) => (ended[lane] ? [] : [{ session, lane }]))
    const pieces = await Promise.all(open.map(({ session, lane }) => askPiece(session, lane)))
    const began = performance.now()
    for (const { lane, result, complete } of pieces) {
      const { from, items, total } = result
      if (from !== join.arrivals(lane).length) return false
      join.add(lane, items)
      answers[lane] = result
      ended[lane] = complete && from + items.keys.length >= total
    }
    await restAfter(performance.now() - began)
    return true
  }

  function name(): void {
    const known = answers.filter((answer) => answer !== undefined)
    if (known.length < sessions.length) return
    lanes = sessions.map(({ name, method }, lane) => {
      return { name, method, ...(known[lane] as LaneAnswer).counts }
    })
  }

  return {
    places,
    join,
    get lanes() {
      return lanes
    },
    get marks() {
      return answers.flatMap((answer) => answer?.marks ?? [])
    },
    async readOn(ms) {
      const until = performance.now() + ms
      ended.fill(false)
      do {
        if (!(await readPieces())) return null
      } while (ended.includes(false) && performance.now() < until)
      name()
      return !ended.includes(false)
    },
  }
}
