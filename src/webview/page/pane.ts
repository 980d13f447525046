// The pane in the place of the detail, as an element.

import { paneNames } from '../model/paneName.ts'

/** Named `lifeline-` and its name. */
export interface Pane extends HTMLElement {
  focusPane(): void
}

/** Of whichever is there. */
export const paneSelector = paneNames.map((name) => `lifeline-${name}`).join(', ')
