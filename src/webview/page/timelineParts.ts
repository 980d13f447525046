// The parts of the timeline page, as they are on it now.

import type { Composer } from '../composer/composer.ts'
import type { HeaderBar } from '../header/headerBar.ts'
import { BesideParts } from './besideParts.ts'

/** Each is null while it is not there. */
export class TimelineParts extends BesideParts {
  get header(): HeaderBar | null {
    return this.page.querySelector('lifeline-header')
  }

  get composer(): Composer | null {
    return this.page.querySelector('lifeline-composer')
  }

  /** The button that opens the box of shown fields. */
  get fieldsHead(): HTMLElement | null {
    return this.page.querySelector('.fields-head')
  }
}
