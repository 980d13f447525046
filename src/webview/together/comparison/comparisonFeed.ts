// Compares the sessions of a page while they run: pulls what is new, joins it, and counts anew, at a pace that nobody notices.

import { compareInSteps } from '../../../shared/comparison/compareLanes.ts'
import type { Comparison } from '../../../shared/comparison/comparison.ts'
import type { ItemPlaces } from '../../../shared/comparison/itemPlaces.ts'
import { toError } from '../../../shared/unknown.ts'
import { createPulled, type Pulled } from '../../model/pulled.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { type DelayPoints, delayPoints } from './delayPoints.ts'
import { inSlices } from './inSlices.ts'
import { createJoinedSessions, type JoinedSessions } from './joinedSessions.ts'
import { createPlaceGuess, type PlaceGuess } from './placeGuess.ts'

/** What is known by now. */
export interface Compared {
  readonly comparison: Comparison
  readonly points: DelayPoints
  /** By which figures lead to frames. */
  readonly joined: JoinedSessions
  /** Older frames are still being read. */
  readonly partial: boolean
}

export interface ComparisonFeed {
  readonly current: Compared | null
  /** Why it could not be read, when it was asked for last. */
  readonly problem: string | null
  /** What an item is, as the user says; null: it is guessed. */
  say(places: ItemPlaces | null): void
  /** Begins, or begins anew with other sessions. */
  watch(models: readonly TimelineModel[]): void
  stop(): void
}

const everyMs = 500
/** Older frames are read for so long until what is known by then is told. */
const readMs = 1000

export function createComparisonFeed(onChange: () => void): ComparisonFeed {
  let models: readonly TimelineModel[] = []
  let said: ItemPlaces | null = null
  let guess: PlaceGuess = createPlaceGuess()
  let joined: JoinedSessions | null = null
  let current: Compared | null = null
  let problem: string | null = null
  let unwatch: readonly (() => void)[] = []
  let of = ''

  /** Which sessions, and what an item is for them; null while one of them is not there yet. */
  function about(): string | null {
    const sessions = models.map(({ session }) => session)
    if (sessions.length === 0 || sessions.some((session) => session === null)) return null
    return JSON.stringify([sessions.map((session) => session?.sessionId), said])
  }

  const pulled: Pulled = createPulled({
    wanted() {
      const now = about()
      return now === null
        ? null
        : JSON.stringify([now, models.map(({ status }) => [status?.frames, status?.state])])
    },
    ask: () => pull(),
    everyMs,
    restMs: () => 0,
    onChange: () => onChange(),
    onProblem: (failure) => {
      problem = toError(failure).message
    },
  })

  async function pull(): Promise<boolean> {
    const now = about()
    if (now !== of) begin(now ?? '')
    if (said === null) await guess.look(models.map(({ api }) => api))
    const places = said ?? guess.places
    const sessions = joined !== null && isAlike(joined.places, places) ? joined : freshJoin(places)
    joined = sessions
    const isWhole = await sessions.readOn(readMs)
    if (isWhole === null) {
      joined = null
      return false
    }
    const isWanted = () => joined === sessions && about() === now && models.length > 0
    const found = sessions.lanes.length > 0 && (await inSlices(compute(sessions), isWanted))
    if (!found || !isWanted()) return false
    problem = null
    current = { ...found.result, joined: sessions, partial: !isWhole }
    return isWhole
  }

  function begin(now: string): void {
    of = now
    guess = createPlaceGuess()
    joined = null
    current = null
  }

  function freshJoin(places: ItemPlaces | null): JoinedSessions {
    return createJoinedSessions(
      models.map(({ api, session }) => ({
        api,
        name: session?.name ?? '',
        method: session?.status.method ?? 'sse',
      })),
      places,
    )
  }

  return {
    get current() {
      return current
    },
    get problem() {
      return problem
    },
    say(places) {
      said = places
      pulled.refresh()
    },
    watch(next) {
      for (const end of unwatch) end()
      models = next
      unwatch = models.map((model) => model.onChange(() => pulled.refresh()))
      pulled.refresh()
    },
    stop() {
      for (const end of unwatch) end()
      unwatch = []
      models = []
    },
  }
}

function* compute({
  lanes,
  join,
  places,
}: JoinedSessions): Generator<void, Pick<Compared, 'comparison' | 'points'>> {
  const comparison = yield* compareInSteps(lanes, join, places)
  return { comparison, points: yield* delayPoints(lanes, join, comparison) }
}

function isAlike(a: ItemPlaces | null, b: ItemPlaces | null): boolean {
  return a?.item === b?.item && a?.time === b?.time
}
