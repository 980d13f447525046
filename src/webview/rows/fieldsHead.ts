// The head beside the client's: opens the box in which the fields are chosen that rows show.

import { withKey } from '../elements/keyHint.ts'
import { makeElement } from '../elements/makeElement.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { openFieldsBox } from './fieldsBox.ts'

export interface FieldsHead {
  readonly root: HTMLElement
  paint(model: TimelineModel): void
}

export function createFieldsHead(): FieldsHead {
  const root = makeElement('button', 'fields-head')
  root.type = 'button'
  root.ariaHasPopup = 'dialog'
  root.title = withKey('Show fields of JSON in columns of the rows', 'timeline.fields')
  const icon = makeElement('i', 'codicon codicon-list-selection')
  const word = makeElement('span', 'word')
  const chevron = makeElement('i', 'codicon codicon-chevron-down')
  for (const drawn of [icon, chevron]) drawn.ariaHidden = 'true'
  root.append(icon, word, chevron)
  let drawn: TimelineModel | null = null
  root.addEventListener('click', () => {
    if (drawn !== null) openFieldsBox(root, drawn)
  })
  return {
    root,
    paint: (model) => {
      drawn = model
      const count = model.fields.paths.length
      word.textContent = count === 0 ? 'show fields' : count === 1 ? '1 field' : `${count} fields`
      // With what is seen, by which somebody who speaks to the machine calls it.
      root.ariaLabel = count === 0 ? 'Show fields' : `Shown: ${word.textContent}`
    },
  }
}
