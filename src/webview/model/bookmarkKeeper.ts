// The bookmarks of the capture as the page has them, and what the user does to them.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import type { Bookmark, Bookmarks } from '../../shared/session/bookmarks.ts'
import type { FrameActions } from './frameActions.ts'
import type { RowSelection } from './selection.ts'
import type { ShownRows } from './shownRows.ts'

export interface BookmarkKeeper {
  readonly all: Bookmarks
  /** Another number once they are others: what a filter finds may have changed. */
  readonly version: number
  of(seq: number): Bookmark | undefined
  /** They are these now: other frames may match, and other runs fold. */
  load(bookmarks: Bookmarks): void
  /** Marks the frame, with a note that may be empty, or for null takes the mark away. Rejects as the call does. */
  set(seq: number, note: string | null): Promise<void>
  /** The same; a failure is reported. Resolves with whether it was done. */
  change(seq: number, note: string | null): Promise<boolean>
  /** The box with the note of this frame is to have the focus once it is there; null: it has, or none is. */
  wantedBox: number | null
}

export interface MarkedRows {
  readonly api: Pick<TimelineApi, 'bookmark'>
  readonly actions: Pick<FrameActions, 'run'>
  readonly shown: ShownRows
  readonly selection: Pick<RowSelection, 'current'>
  report(problem: unknown): void
  redraw(): void
}

export function createBookmarkKeeper(model: MarkedRows): BookmarkKeeper {
  let bySeq: ReadonlyMap<number, Bookmark> = new Map()
  let all: Bookmarks = []
  let version = 0
  let told: string | null = null
  /** Where runs may begin that are to be open. */
  let open: readonly number[] = []

  async function set(seq: number, note: string | null): Promise<void> {
    open = openBeside(model, seq)
    const why = await model.api.bookmark(seq, note)
    // Once is enough for a file that cannot be written.
    if (why !== null && why !== told) model.report(why)
    told = why
  }

  return {
    get all() {
      return all
    },
    get version() {
      return version
    },
    of: (seq) => bySeq.get(seq),
    load(bookmarks) {
      if (isSame(all, bookmarks)) return
      all = bookmarks
      version++
      bySeq = new Map(bookmarks.map((one) => [one.seq, one]))
      const { text, fold } = model.shown.filter
      if (text !== '' || fold) model.shown.readAgain(open)
      model.redraw()
      open = []
    },
    wantedBox: null,
    set,
    change: (seq, note) => model.actions.run(set(seq, note)),
  }
}

/** Where the parts of an opened run may begin that the frame belongs to, or that it parts: they stay open. */
function openBeside({ shown, selection }: MarkedRows, seq: number): readonly number[] {
  const { index, seq: selected } = selection.current
  if (index === null || selected !== seq) return []
  // Of polls a request stays with its answer.
  const rows = [-2, -1, 0, 1, 2].flatMap((step) => shown.rows.row(index + step) ?? [])
  return rows.some(({ fold }) => fold?.open === true) ? rows.map(({ frame }) => frame.seq) : []
}

function isSame(before: Bookmarks, now: Bookmarks): boolean {
  const isEqual = ({ seq, note }: Bookmark, index: number) =>
    before[index]?.seq === seq && before[index].note === note
  return before.length === now.length && now.every(isEqual)
}
