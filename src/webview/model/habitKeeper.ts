// The user's habits as the page follows them: the host keeps them for all timelines.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { freshHabits, type Habits } from '../../shared/session/habits.ts'

export interface HabitKeeper {
  readonly current: Habits
  /** The host has told them. */
  load(habits: Habits): void
  /** Holds at once here, and from now on for every timeline that is opened or comes to the front. */
  change(part: Partial<Habits>): void
}

/** `onChange` is called when the user changes one; `report` gets why it could not be kept. */
export function createHabitKeeper(
  api: Pick<TimelineApi, 'keepHabits'>,
  onChange: () => void,
  report: (problem: unknown) => void,
): HabitKeeper {
  let current = freshHabits
  return {
    get current() {
      return current
    },
    load: (habits) => {
      current = habits
    },
    change: (part) => {
      current = { ...current, ...part }
      onChange()
      api.keepHabits(part).catch(report)
    },
  }
}
