// The bar of a selection: what is in it, what can be done with it, and a cross that clears it.

import { codicon } from './codicon.ts'
import { makeElement } from './makeElement.ts'

export interface Toolbar {
  /** Hidden until somebody shows it. */
  readonly root: HTMLElement
  tell(words: string): void
}

export interface ToolbarParts {
  readonly className: string
  readonly name: string
  readonly buttons: readonly HTMLButtonElement[]
  /** Escape does the same, wherever the selection hears of it. */
  readonly clear: () => void
}

export function createToolbar({ className, name, buttons, clear }: ToolbarParts): Toolbar {
  const root = makeElement('div', `toolbar ${className}`)
  root.role = 'toolbar'
  root.ariaLabel = name
  root.hidden = true
  const told = makeElement('span', 'told')
  const cross = makeElement('button', 'icon')
  cross.type = 'button'
  cross.title = 'Clear the selection (Escape)'
  cross.ariaLabel = 'Clear the selection'
  cross.append(codicon('close'))
  cross.addEventListener('click', clear)
  root.append(told, ...buttons, cross)
  return {
    root,
    tell: (words) => {
      if (told.textContent !== words) told.textContent = words
    },
  }
}

/** A button of words. `press` opens a menu at it where it `opensMenu`. */
export function toolButton(
  name: string,
  title: string,
  press: (button: HTMLButtonElement) => unknown,
  opensMenu = false,
): HTMLButtonElement {
  const button = makeElement('button', 'tool')
  button.type = 'button'
  button.textContent = name
  button.title = title
  if (opensMenu) {
    button.ariaHasPopup = 'menu'
    button.append(codicon('chevron-down'))
  }
  button.addEventListener('click', () => press(button))
  return button
}
