// The head beside the client's: opens the box in which the fields are chosen that rows show.

import { withKey } from '../elements/keyHint.ts'
import { openFieldsBox } from './fieldsBox.ts'
import { createMenuHead, type MenuHead } from './menuHead.ts'

export function createFieldsHead(): MenuHead {
  const head = createMenuHead({
    className: 'fields-head',
    icon: 'list-selection',
    opens: 'dialog',
    open: openFieldsBox,
    paint: (button, word, { fields }) => {
      const count = fields.paths.length
      word.textContent = count === 0 ? 'show fields' : count === 1 ? '1 field' : `${count} fields`
      // With what is seen, by which somebody who speaks to the machine calls it.
      button.ariaLabel = count === 0 ? 'Show fields' : `Shown: ${word.textContent}`
    },
  })
  head.root.title = withKey('Show fields of JSON in columns of the rows', 'timeline.fields')
  return head
}
