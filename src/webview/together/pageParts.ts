// The parts of the page of several sessions as they are there now, and the order in which F6 leads to them.

import type { FilterBox } from '../filter/filterBox.ts'
import { BesideParts } from '../page/besideParts.ts'
import type { Region } from '../page/pageKeys.ts'
import type { ComparisonPane } from './comparison/comparisonPane.ts'
import type { TogetherLayout } from './togetherLayout.ts'

/** Each is null while it is not there. */
export class PageParts extends BesideParts {
  get filter(): FilterBox | null {
    return this.page.querySelector('lifeline-filter')
  }

  get comparison(): ComparisonPane | null {
    return this.page.querySelector('lifeline-comparison')
  }

  /** In their order on the page. */
  regions(layout: TogetherLayout): readonly Region[] {
    const { filter, detail, pane, findings, comparison } = this
    return [
      {
        element: this.page.querySelector('.together-bar'),
        focus: () => filter?.focusBox(),
      },
      { element: layout.element, focus: () => layout.focus() },
      { element: detail, focus: () => detail?.focusTabs() },
      { element: pane, focus: () => pane?.focusPane() },
      { element: findings, focus: () => findings?.focusPane() },
      { element: comparison, focus: () => comparison?.focusPane() },
    ]
  }
}
