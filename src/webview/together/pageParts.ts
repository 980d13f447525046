// The parts of the page of several sessions as they are there now, and the order in which F6 leads to them.

import type { FrameDetail } from '../detail/frameDetail.ts'
import type { NoteLine } from '../detail/noteLine.ts'
import type { FilterBox } from '../filter/filterBox.ts'
import type { Region } from '../page/pageKeys.ts'
import { type Pane, paneSelector } from '../page/pane.ts'
import type { ComparisonPane } from './comparison/comparisonPane.ts'
import type { TogetherLayout } from './togetherLayout.ts'

/** Each is null while it is not there. */
export class PageParts {
  readonly #page: HTMLElement

  constructor(page: HTMLElement) {
    this.#page = page
  }

  get filter(): FilterBox | null {
    return this.#page.querySelector('lifeline-filter')
  }

  get detail(): FrameDetail | null {
    return this.#page.querySelector('lifeline-detail')
  }

  get note(): NoteLine | null {
    return this.#page.querySelector('lifeline-note')
  }

  /** In the stead of the detail. */
  get pane(): Pane | null {
    return this.#page.querySelector<Pane>(paneSelector)
  }

  get comparison(): ComparisonPane | null {
    return this.#page.querySelector('lifeline-comparison')
  }

  /** In their order on the page. */
  regions(layout: TogetherLayout): readonly Region[] {
    const { filter, detail, pane, comparison } = this
    return [
      {
        element: this.#page.querySelector('.together-bar'),
        focus: () => filter?.focusBox(),
      },
      { element: layout.element, focus: () => layout.focus() },
      { element: detail, focus: () => detail?.focusTabs() },
      { element: pane, focus: () => pane?.focusPane() },
      { element: comparison, focus: () => comparison?.focusPane() },
    ]
  }
}
