// Has the newest rows come with the status while the view follows them, so that they need not be asked for.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { RowFilter, RowPage, Tail } from '../../shared/session/captureRows.ts'
import type { ShownRows } from './shownRows.ts'

export interface TailFollower {
  /** The view may follow others now, or none. */
  update(): void
  /** The host knows nothing of it any more. */
  forget(): void
  /** Null where they are not the rows that the view follows now. */
  pageOf(tail: Tail | null): RowPage | null
}

export interface TailFollowerParts {
  readonly api: Pick<TimelineApi, 'follow'>
  readonly shown: Pick<ShownRows, 'filter' | 'follow' | 'pausedSeq'>
  /** Rows that fit into the view. */
  readonly visible: () => number
}

/** More than fit, so that a window that grows needs no others. */
const spareRows = 16

export function createTailFollower({ api, shown, visible }: TailFollowerParts): TailFollower {
  let id = 0
  let told: RowFilter | null = null
  let rows = 0

  /** Null where none are followed, or finding them takes long. */
  function followed(): RowFilter | null {
    const { follow, pausedSeq, filter } = shown
    return follow && pausedSeq === null && filter.text === '' && visible() > 0 ? filter : null
  }

  return {
    update() {
      const filter = followed()
      if (filter === told && (filter === null || visible() <= rows)) return
      told = filter
      rows = filter === null ? 0 : visible() + spareRows
      id++
      // Where it cannot be told, the rows are asked for as they are without it.
      api.follow(filter && { id, filter, rows }).catch(() => {
        told = null
      })
    },
    forget() {
      told = null
    },
    pageOf: (tail) => (told !== null && tail?.id === id ? tail.page : null),
  }
}
