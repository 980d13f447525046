// The words of a button in a toolbar, with the icon that stands for them where there is little room.

import { html, type TemplateResult } from 'lit'

/** The button needs `name` as its label, too: its word may be hidden. */
export function toolLabel(icon: string, name: string): TemplateResult {
  return html`<i class="codicon codicon-${icon}" aria-hidden="true"></i><span class="name">${name}</span>`
}
