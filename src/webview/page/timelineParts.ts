// The parts of the timeline page, as they are on it now.

import type { Composer } from '../composer/composer.ts'
import type { FrameDetail } from '../detail/frameDetail.ts'
import type { NoteLine } from '../detail/noteLine.ts'
import type { HeaderBar } from '../header/headerBar.ts'
import type { FindingsPane } from '../panes/findings/findingsPane.ts'
import { type Pane, paneSelector } from './pane.ts'

/** Each is null while it is not there. */
export class TimelineParts {
  readonly #page: HTMLElement

  constructor(page: HTMLElement) {
    this.#page = page
  }

  get header(): HeaderBar | null {
    return this.#page.querySelector('lifeline-header')
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

  get findings(): FindingsPane | null {
    return this.#page.querySelector('lifeline-findings')
  }

  get composer(): Composer | null {
    return this.#page.querySelector('lifeline-composer')
  }

  /** The button that opens the box of shown fields. */
  get fieldsHead(): HTMLElement | null {
    return this.#page.querySelector('.fields-head')
  }
}
