// Parts of a page beside and below its rows, as they are there now: the detail, or a pane in its stead, and the findings.

import type { FrameDetail } from '../detail/frameDetail.ts'
import type { NoteLine } from '../detail/noteLine.ts'
import type { FindingsPane } from '../panes/findings/findingsPane.ts'
import { type Pane, paneSelector } from './pane.ts'

/** Each is null while it is not there. */
export class BesideParts {
  protected readonly page: HTMLElement

  constructor(page: HTMLElement) {
    this.page = page
  }

  get detail(): FrameDetail | null {
    return this.page.querySelector('lifeline-detail')
  }

  get note(): NoteLine | null {
    return this.page.querySelector('lifeline-note')
  }

  /** In the stead of the detail. */
  get pane(): Pane | null {
    return this.page.querySelector<Pane>(paneSelector)
  }

  get findings(): FindingsPane | null {
    return this.page.querySelector('lifeline-findings')
  }
}
