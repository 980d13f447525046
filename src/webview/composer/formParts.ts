// The parts that both forms draw alike: the menu of saved entries, the Send button and its key, the hint.

import '@vscode-elements/elements/dist/vscode-button/index.js'
import { html, nothing, type TemplateResult } from 'lit'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { menuButton, openMenu } from '../elements/menu.ts'
import type { Hint } from './hint.ts'

/** Nothing where the profile keeps no entries. */
export function savedButton<Entry extends { readonly name: string }>(
  entries: readonly Entry[],
  title: string,
  choose: (entry: Entry) => void,
): TemplateResult | typeof nothing {
  if (entries.length === 0) return nothing
  return menuButton({
    name: 'Saved',
    icon: 'bookmark',
    title,
    open(button) {
      const items = entries.map((entry) => ({ label: entry.name, run: () => choose(entry) }))
      openMenu(button, items)
    },
  })
}

export function sendButton(disabled: boolean, send: () => unknown): TemplateResult {
  return html`<vscode-button ?disabled=${disabled} aria-disabled=${disabled ? 'true' : nothing} title="Send (Ctrl+Enter)" @click=${send}>Send<span class="keys">Ctrl+Enter</span></vscode-button>`
}

/** Ctrl+Enter, or Cmd+Enter. */
export function isSendKey(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey)
}

export function hintLine(id: string, { text, tone, offers = [] }: Hint): TemplateResult {
  const line = visibleLine(text)
  return html`<p id=${id} class="hint ${tone}" role="status" title=${line}>${
    line === '' ? nothing : html`<span class="words">${line}</span>`
  }${offers.map(
    ({ name, run }) => html`<button type="button" class="link" @click=${run}>${name}</button>`,
  )}</p>`
}
