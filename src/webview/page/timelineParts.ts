// The parts of the timeline page, as they are on it now.

import type { Composer } from '../composer/composer.ts'
import type { HeaderBar } from '../header/headerBar.ts'
import type { ConnectionsPane } from '../panes/connections/connectionsPane.ts'
import { BesideParts } from './besideParts.ts'
import type { ActingParts } from './pageActions.ts'

type PartActs = Pick<
  ActingParts,
  | 'focusFilter'
  | 'focusSendBox'
  | 'giveDraft'
  | 'copyFromTree'
  | 'openFields'
  | 'showActiveField'
  | 'plotFromTree'
  | 'filterFromTree'
>

/** Each is null while it is not there. */
export class TimelineParts extends BesideParts {
  /** What each does by itself. */
  readonly acts: PartActs = {
    focusFilter: () => this.header?.focusFilter(),
    focusSendBox: () => this.composer?.focusInput(),
    giveDraft: (draft) => this.composer?.give(draft),
    copyFromTree: (what) => this.detail?.copyFromTree(what),
    openFields: () => this.fieldsHead?.click(),
    showActiveField: () => this.detail?.showActiveField(),
    plotFromTree: () => this.detail?.plotFromTree(),
    filterFromTree: () => this.detail?.filterFromTree(),
  }

  get header(): HeaderBar | null {
    return this.page.querySelector('lifeline-header')
  }

  get composer(): Composer | null {
    return this.page.querySelector('lifeline-composer')
  }

  get connections(): ConnectionsPane | null {
    return this.page.querySelector('lifeline-connections')
  }

  /** The button that opens the box of shown fields. */
  get fieldsHead(): HTMLElement | null {
    return this.page.querySelector('.fields-head')
  }
}
