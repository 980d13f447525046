// The keys over the rows: the row that each leads to, and those that open or fold a run of polls.

import { type RowRange, rowsPerPage } from './virtualWindow.ts'

/** The rows as they stand when a key is pressed. */
export interface KeyedRows {
  /** The selected row; null where none is. */
  readonly at: number | null
  /** The rows in view. */
  readonly seen: RowRange
  readonly total: number
  readonly viewportPx: number
}

/**
 * The row that the key selects, perhaps one beyond the first or last; null for a key that selects none. Without a
 * selection the first key selects a row in view, at the end that it points to.
 */
export function rowForKey(key: string, { at, seen, total, viewportPx }: KeyedRows): number | null {
  const page = rowsPerPage(viewportPx)
  const targets = new Map([
    ['ArrowDown', at === null ? seen.first : at + 1],
    ['ArrowUp', at === null ? seen.end - 1 : at - 1],
    ['PageDown', (at ?? seen.first) + page],
    ['PageUp', (at ?? seen.end - 1) - page],
    ['Home', 0],
    ['End', total - 1],
  ])
  return targets.get(key) ?? null
}

/** What a key does to the run of polls that the selected row stands for. */
export const foldKeys: ReadonlyMap<string, 'open' | 'fold'> = new Map([
  ['Enter', 'open'],
  [' ', 'open'],
  ['ArrowRight', 'open'],
  ['ArrowLeft', 'fold'],
])

/** Whether the key goes on from the selected row, or opens or folds it. */
export function isRowKey(key: string): boolean {
  return foldKeys.has(key) || /^(?:Arrow(?:Up|Down)|Page(?:Up|Down)|Home|End)$/.test(key)
}
