// The user's habits as the page follows them: the host keeps them for all timelines.

import type { TimelineApi } from '../../shared/calls/messages.ts'
import { freshHabits, type Habits } from '../../shared/session/habits.ts'

export interface HabitKeeper {
  readonly current: Habits
  /** The host has told them: another timeline has changed one, or this one is drawn anew. */
  load(habits: Habits): void
  /** Holds at once, here and in every other timeline. */
  change(part: Partial<Habits>): void
}

/** `onChange` is called when they may have changed; `report` gets why it could not be kept. */
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
      onChange()
    },
    change: (part) => {
      current = { ...current, ...part }
      onChange()
      api.keepHabits(part).catch(report)
    },
  }
}
