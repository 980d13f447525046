// The head over the times: says what they count from, and opens the menu in which that is chosen.

import type { TimeMode } from '../../shared/session/habits.ts'
import { withKey } from '../elements/keyHint.ts'
import { openMenu } from '../elements/menu.ts'
import { menuContext } from '../elements/menuContext.ts'
import { timeModeUnder } from '../model/rowFilters.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { createMenuHead, type MenuHead } from './menuHead.ts'

interface TimeWords {
  /** As much as fits over the times. */
  readonly short: string
  readonly label: string
}

const words: Readonly<Record<TimeMode, TimeWords>> = {
  before: { short: 'Δ row', label: 'Since the row before' },
  start: { short: 'Δ start', label: 'Since the start' },
  sent: { short: 'Δ sent', label: 'Since the last message or request sent' },
  clock: { short: 'clock', label: 'Time of day' },
}

/** What the column has. */
const timeTitles: Readonly<Record<TimeMode, string>> = {
  before: 'Time since the row before.',
  start: 'Time since the session’s start.',
  sent: 'Time since the last message or request that was sent.',
  clock: 'Time of day.',
}

/** Where the row before is hidden, maybe. */
const filteredTitle = 'Time since the session’s start, while a filter hides rows between.'

export function createTimeHead(): MenuHead {
  let painted = ''
  return createMenuHead({
    className: 'time-head',
    icon: 'clockface',
    opens: 'menu',
    open: (button, { habits }) => openTimeMenu(button, habits),
    paint: (button, word, { habits, shown }) => {
      const { timeMode } = habits.current
      const counted = timeModeUnder(timeMode, shown.filter)
      const key = `${timeMode} ${counted}`
      if (key === painted) return
      painted = key
      const { short, label } = words[counted]
      word.textContent = short
      // With what is seen, by which somebody who speaks to the machine calls it.
      button.ariaLabel = `Times: ${short}, ${label.toLowerCase()}`
      button.title = withKey(
        `${counted === timeMode ? timeTitles[counted] : filteredTitle} Click to choose another time`,
        'timeline.timesNext',
      )
      button.dataset.vscodeContext = menuContext('times', { lifelineTimes: timeMode })
    },
  })
}

function openTimeMenu(button: HTMLElement, habits: TimelineModel['habits']): void {
  const modes = Object.keys(words) as readonly TimeMode[]
  openMenu(
    button,
    modes.map((timeMode) => ({
      label: words[timeMode].label,
      checked: timeMode === habits.current.timeMode,
      run: () => habits.change({ timeMode }),
    })),
  )
}
