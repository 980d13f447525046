// The user's habits in timelines, kept by VS Code for all windows.

import type { Memento } from 'vscode'
import type { IsKeepable } from '../../shared/secrets/keepableText.ts'
import { type Habits, readHabits } from '../../shared/session/habits.ts'

const key = 'lifeline.habits'

export interface KeptHabits {
  /** As they are now, whichever timeline changed them last. */
  readonly current: Habits
  /** Leaves out the filters that are not keepable. */
  change(part: Partial<Habits>, isKeepable: IsKeepable): Promise<void>
}

/** `memento`: what an older version has left there is read as far as it is known. */
export function createKeptHabits(memento: Pick<Memento, 'get' | 'update'>): KeptHabits {
  const read = () => readHabits(memento.get(key))
  return {
    get current() {
      return read()
    },
    async change(part, isKeepable) {
      const lastFilters = part.lastFilters?.filter(isKeepable)
      await memento.update(key, { ...read(), ...part, ...(lastFilters && { lastFilters }) })
    },
  }
}
