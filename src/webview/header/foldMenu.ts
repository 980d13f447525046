// The button that says what folds, and its menu: what is one row, and which silences are rows.

import type { TemplateResult } from 'lit'
import { type FoldHabit, gapChoices } from '../../shared/session/habits.ts'
import { formatDelay } from '../../shared/text/units.ts'
import { withKey } from '../elements/keyHint.ts'
import { menuButton, openMenu } from '../elements/menu.ts'
import { menuContext } from '../elements/menuContext.ts'
import type { HabitKeeper } from '../model/habitKeeper.ts'

/** By level: what the button says, and the menu. */
const levels: Readonly<Record<FoldHabit, { readonly name: string; readonly label: string }>> = {
  everything: { name: 'Fold', label: 'Show everything' },
  repeats: { name: 'Fold: repeats', label: 'Fold repeats' },
  bursts: { name: 'Fold: bursts', label: 'Fold repeats and bursts' },
}

export function foldButton(habits: HabitKeeper): TemplateResult {
  return menuButton({
    name: levels[habits.current.fold].name,
    icon: 'fold',
    title: withKey(
      'Choose what folds to one row, and which silences are rows',
      'timeline.foldNext',
    ),
    context: menuContext('fold', { lifelineFold: habits.current.fold }),
    open: (button) => openFoldMenu(button, habits),
  })
}

function openFoldMenu(button: HTMLElement, habits: HabitKeeper): void {
  const { fold, gapMs } = habits.current
  openMenu(button, [
    ...(Object.keys(levels) as FoldHabit[]).map((level) => ({
      label: levels[level].label,
      checked: level === fold,
      run: () => habits.change({ fold: level }),
    })),
    ...gapChoices.map((choice, index) => ({
      label: choice === 0 ? 'No rows for silences' : `Silences from ${gapWords(choice)} on`,
      checked: choice === gapMs,
      begins: index === 0,
      run: () => habits.change({ gapMs: choice }),
    })),
  ])
}

/** `1 s`, where a measured time would be `1.0 s`. */
function gapWords(ms: number): string {
  return formatDelay(ms).replace('.0 s', ' s')
}
