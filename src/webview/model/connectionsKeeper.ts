// The list of the session's connections as the page has it: how many there are, and the rows in view, pulled at leisure.

import type { TimelineApi, TimelineSession } from '../../shared/calls/messages.ts'
import {
  type ConnectionRow,
  type ConnectionsBy,
  type ConnectionsRead,
  connectionLimits,
} from '../../shared/session/connections.ts'
import { isLive, restOf } from './findingsKeeper.ts'
import { createPulled } from './pulled.ts'

const everyMs = 1000
/** Nothing that comes says that a rhythm has ended. */
const silentMs = 2000
/** Rows are asked for by so many, so that a small step down the list asks for nothing. */
const step = 50

export interface ConnectionsKeeper {
  /** Null before anything is known. */
  readonly counts: Pick<ConnectionsRead, 'connections' | 'open' | 'forgotten'> | null
  /** Rows that there are. */
  readonly total: number
  /** Older frames are still being read. */
  readonly partial: boolean
  /** Those that were read. */
  readonly rows: readonly ConnectionRow[]
  /** Undefined while it is not read. `index` counts from 0. */
  row(index: number): ConnectionRow | undefined
  /** What is in view; null where the list is not shown: then connections are counted alone, and those of a tap only. */
  show(view: ConnectionsView | null): void
  /** The session may have gone on. To be called by what shows it. */
  refresh(): void
}

export interface ConnectionsView {
  readonly by: ConnectionsBy
  /** The first and the last row in view. */
  readonly first: number
  readonly last: number
}

interface ListedIn {
  readonly api: Pick<TimelineApi, 'analysis'>
  readonly session: TimelineSession | null
  readonly ready: boolean
  readonly clock: { now(): number }
  redraw(): void
}

export function createConnectionsKeeper(model: ListedIn): ConnectionsKeeper {
  let read: ConnectionsRead | null = null
  /** The session and the sums that it is of. */
  let readOf = ''
  let view: ConnectionsView | null = null
  let partial = false

  /** The rows to be asked for. */
  function page(): { readonly by: ConnectionsBy; readonly from: number; readonly count: number } {
    if (view === null) return { by: 'path', from: 0, count: 0 }
    const from = Math.max(0, Math.floor(view.first / step) - 1) * step
    const end = (Math.floor(view.last / step) + 2) * step
    return { by: view.by, from, count: Math.min(end - from, connectionLimits.rows) }
  }

  function ofNow(): string {
    return `${model.session?.sessionId} ${page().by}`
  }

  const pulled = createPulled({
    wanted: () => {
      const { session, ready } = model
      if (!session || !ready) return null
      const { status } = session
      if (view === null && status.method !== 'tap') return null
      const silence = isLive(session) ? Math.floor(model.clock.now() / silentMs) : null
      return JSON.stringify([ofNow(), page(), status.frames, status.state, silence])
    },
    ask,
    everyMs,
    restMs: (tookMs) => restOf(model.session, tookMs),
    onChange: () => model.redraw(),
    // What is known stays: the rows' own reading says what is wrong.
    onProblem: () => {},
  })

  /** Answers whether that was all. */
  async function ask(): Promise<boolean> {
    const { session } = model
    if (!session) return true
    const [connections, of] = [page(), ofNow()]
    const live = isLive(session)
    const answer = await model.api.analysis('connections', {
      afterSeq: 0,
      connections: { ...connections, over: !live },
      ...(live && { now: model.clock.now() }),
    })
    read = answer.result
    readOf = of
    partial = !answer.complete
    return answer.complete
  }

  /** Null while what was read is of another list. */
  function known(): ConnectionsRead | null {
    return readOf === ofNow() ? read : null
  }

  return {
    get counts() {
      return known()
    },
    get total() {
      return known()?.total ?? 0
    },
    get partial() {
      return partial
    },
    get rows() {
      return known()?.rows ?? []
    },
    row(index) {
      const told = known()
      return told?.rows[index - told.from]
    },
    show(next) {
      view = next
      pulled.refresh()
    },
    refresh: pulled.refresh,
  }
}
