// Base of the page's Lit elements: they draw into the page itself, so one style sheet and ARIA ids reach all.

import { LitElement } from 'lit'

export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this
  }
}
