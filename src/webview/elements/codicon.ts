// Makes a picture of VS Code's icons, which says nothing to a screen reader.

import { makeElement } from './makeElement.ts'

export function codicon(name: string): HTMLElement {
  const icon = makeElement('i', `codicon codicon-${name}`)
  icon.ariaHidden = 'true'
  return icon
}
