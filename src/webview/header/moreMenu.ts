// The button behind the others, with a menu of what is done less often.

import type { TemplateResult } from 'lit'
import type { TimelineAction } from '../../shared/calls/messages.ts'
import { menuButton, openMenu } from '../elements/menu.ts'
import type { HabitKeeper } from '../model/habitKeeper.ts'

export function moreButton(
  habits: HabitKeeper,
  perform: (action: TimelineAction) => void,
): TemplateResult {
  return menuButton({
    name: 'More',
    icon: 'ellipsis',
    title:
      'More: go to a frame or a time, findings, connections, overview, shown fields, columns, place of the detail',
    open: (button) => {
      const isShown = habits.current.strip === 'shown'
      openMenu(button, [
        { label: 'Go to…', run: () => perform('go-to') },
        { label: 'Show or hide the findings', run: () => perform('findings') },
        { label: 'Show or hide the connections', run: () => perform('connections') },
        {
          label: isShown ? 'Hide the overview' : 'Show the overview',
          begins: true,
          run: () => perform('strip'),
        },
        { label: 'Choose fields to show in rows…', run: () => perform('fields') },
        { label: 'Fit the columns', run: () => perform('fit-columns') },
        { label: 'Move the detail', run: () => perform('move-detail') },
      ])
    },
  })
}
