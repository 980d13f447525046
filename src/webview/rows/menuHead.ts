// A small head beside the client's: an icon, a word that says what is chosen, and a chevron for what a click opens.

import { codicon } from '../elements/codicon.ts'
import { makeElement } from '../elements/makeElement.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

export interface MenuHead {
  readonly root: HTMLElement
  paint(model: TimelineModel): void
}

export interface MenuHeadParts {
  readonly className: string
  /** Of VS Code's icons. */
  readonly icon: string
  readonly opens: 'menu' | 'dialog'
  /** At a click, of the model that was painted last. */
  readonly open: (button: HTMLButtonElement, model: TimelineModel) => void
  readonly paint: (button: HTMLButtonElement, word: HTMLElement, model: TimelineModel) => void
}

export function createMenuHead({ className, icon, opens, open, paint }: MenuHeadParts): MenuHead {
  const root = makeElement('button', className)
  root.type = 'button'
  root.ariaHasPopup = opens
  const word = makeElement('span', 'word')
  root.append(codicon(icon), word, codicon('chevron-down'))
  let drawn: TimelineModel | null = null
  root.addEventListener('click', () => {
    if (drawn !== null) open(root, drawn)
  })
  return {
    root,
    paint: (model) => {
      drawn = model
      paint(root, word, model)
    },
  }
}
