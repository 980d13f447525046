// The find bar over a payload: what is sought, the number of the match, and the way to the next.

import { html, nothing, type TemplateResult } from 'lit'
import { typedText } from '../../elements/typedText.ts'
import type { PayloadFinder } from './payloadFinder.ts'

/** Nothing while it is closed. `leave`: it was closed by hand. */
export function payloadFindBar(
  finder: PayloadFinder,
  leave: () => void,
): TemplateResult | typeof nothing {
  if (!finder.isOpen) return nothing
  const close = () => {
    finder.close()
    leave()
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') close()
    else finder.step(event.shiftKey ? -1 : 1)
  }
  const button = (icon: string, name: string, run: () => void) =>
    html`<button type="button" class="icon" title=${name} aria-label=${name} @click=${run}><i class="codicon codicon-${icon}" aria-hidden="true"></i></button>`
  return html`<div class="find-bar payload-find" role="search" aria-label="Find in the payload">
    <input type="text" placeholder="Find in the payload" aria-label="Find in the payload" spellcheck="false" autocomplete="off"
      title="Text; of hex also bytes: ca fe" .value=${finder.sought}
      @input=${(event: InputEvent) => finder.type(typedText(event))} @keydown=${handleKey}>
    <span class="words" role="status">${finder.words}</span>
    ${button('arrow-up', 'Previous match (Shift+Enter)', () => finder.step(-1))}
    ${button('arrow-down', 'Next match (Enter)', () => finder.step(1))}
    ${button('close', 'Close (Escape)', close)}
  </div>`
}
