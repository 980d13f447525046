// Jumps of the view to where a frame is among the rows, the last wish first.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { RowsViewport } from './selection.ts'
import type { ShownRows } from './shownRows.ts'

export interface Jump {
  /** Puts the row of the frame, or the next one after it, at the top or in the middle. The selection stays. */
  show(seq: number, where: 'top' | 'middle'): void
  /** The newest row; follows it where the view is not paused. */
  showEnd(): void
  /** The rows that are in view: `first` to `end - 1`. */
  seen(): { readonly first: number; readonly end: number }
}

export interface JumpParts {
  readonly api: Pick<TimelineApi, 'position'>
  readonly shown: ShownRows
  readonly viewport: () => RowsViewport | null
}

export function createJump({ api, shown, viewport }: JumpParts): Jump {
  let wish: { readonly seq: number; readonly where: 'top' | 'middle' } | null = null
  let busy = false
  /** How often the end was wished for: an answer of before must not lead away from it. */
  let ends = 0

  async function go(): Promise<void> {
    busy = true
    while (wish !== null) {
      const { seq, where } = wish
      wish = null
      const { filter } = shown
      const before = ends
      // Where it cannot be told, the view stays: the rows' own reading says what is wrong.
      const row = await api.position(filter, seq).catch(() => null)
      if (row === null || filter !== shown.filter || ends !== before) continue
      const view = viewport()
      shown.setFollow(false)
      shown.grow(row + 1)
      view?.scrollTo(row, where === 'top' ? 0 : Math.floor(view.rowsVisible() / 2))
    }
    busy = false
  }

  return {
    show(seq, where) {
      wish = { seq, where }
      if (!busy) void go()
    },
    showEnd() {
      wish = null
      ends++
      if (shown.pausedSeq === null) shown.setFollow(true)
      else viewport()?.scrollTo(shown.total)
    },
    seen() {
      const view = viewport()
      const top = view?.top() ?? 0
      const end = Math.ceil(top + (view?.rowsVisible() ?? 0))
      return { first: Math.floor(top), end: Math.min(end, shown.total) }
    },
  }
}
