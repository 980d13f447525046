// The fields of JSON that rows show: what the profile says, until the user has chosen others.

import { formatPathList } from '../../shared/text/pathList.ts'
import type { ShownRows } from './shownRows.ts'

export interface FieldChoice {
  /** Paths; null where it is what the profile says. */
  readonly chosen: readonly string[] | null
  /** Those that rows show. */
  readonly paths: readonly string[]
  /** The user's. */
  choose(paths: readonly string[]): void
  /** At first, and of a view that was left. */
  load(profile: readonly string[], chosen?: readonly string[] | null): void
}

/** Rows keep their numbers, and are read again. */
export function createFieldChoice(
  shown: Pick<ShownRows, 'filter' | 'rows' | 'refresh'>,
  changed: () => void,
): FieldChoice {
  let chosen: readonly string[] | null = null
  const paths = () => shown.filter.show ?? []

  function show(next: readonly string[]): void {
    if (formatPathList(next) === formatPathList(paths())) return
    const { show: _, ...filter } = shown.filter
    shown.filter = next.length === 0 ? filter : { ...filter, show: next }
    shown.rows.reset(shown.filter)
  }

  return {
    get chosen() {
      return chosen
    },
    get paths() {
      return paths()
    },
    choose(next) {
      chosen = next
      show(next)
      shown.refresh()
      changed()
    },
    load(profile, restored = chosen) {
      chosen = restored
      show(chosen ?? profile)
    },
  }
}
