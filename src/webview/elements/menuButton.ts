// A button that opens a menu, among the tools beside a form.

import { html, type TemplateResult } from 'lit'

/** `open` gets the button, which is where the menu belongs. */
export function menuButton(
  name: string,
  title: string,
  open: (button: HTMLElement) => void,
): TemplateResult {
  return html`<button type="button" class="tool" aria-haspopup="menu" title=${title}
    @click=${(event: Event) => open(event.currentTarget as HTMLElement)}>${name}<i class="codicon codicon-chevron-down" aria-hidden="true"></i></button>`
}
