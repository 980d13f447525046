// The views of several sessions as they may be left on the disk.

import type { ViewState } from '../page/viewState.ts'

/**
 * `views`: by session, each without what its session refuses. All have one filter: what one refuses, because it holds a
 * secret of its own, is kept for none.
 */
export function keepableViews(
  views: ReadonlyMap<string, ViewState>,
): Readonly<Record<string, ViewState>> {
  const texts = new Set([...views.values()].map(({ filterText }) => filterText))
  const isAgreed = texts.size === 1
  return Object.fromEntries(
    [...views].map(([id, view]) => [id, isAgreed ? view : { ...view, filterText: '' }]),
  )
}
