// The user's habits in timelines, kept by VS Code for all windows; the timelines of this one are told of each change.

import type { Disposable, Memento } from 'vscode'
import { type Habits, readHabits } from '../../shared/session/habits.ts'
import type { HostSession } from '../sessions/hostSession.ts'

const key = 'lifeline.habits'

/** The timeline that changes them, which knows what its session may keep. */
type Changer = Pick<HostSession, 'isKeepable'>

export interface HabitChange {
  /** All of them, as they are now. */
  readonly habits: Habits
  /** Its timeline has them already. */
  readonly by: Changer
}

export interface KeptHabits {
  /** As they are now, whichever timeline changed them last. */
  readonly current: Habits
  onDidChange(listener: (change: HabitChange) => void): Disposable
  /** Leaves out the filters that are not keepable for that session. */
  change(part: Partial<Habits>, by: Changer): Promise<void>
}

/** `memento`: what an older version has left there is read as far as it is known. */
export function createKeptHabits(memento: Pick<Memento, 'get' | 'update'>): KeptHabits {
  const listeners = new Set<(change: HabitChange) => void>()
  const read = () => readHabits(memento.get(key))
  return {
    get current() {
      return read()
    },
    onDidChange(listener) {
      listeners.add(listener)
      return { dispose: () => void listeners.delete(listener) }
    },
    async change(part, by) {
      const lastFilters = part.lastFilters && (await keepable(part.lastFilters, by))
      const habits = { ...read(), ...part, ...(lastFilters && { lastFilters }) }
      for (const listener of listeners) listener({ habits, by })
      await memento.update(key, habits)
    },
  }
}

async function keepable(texts: readonly string[], by: Changer): Promise<readonly string[]> {
  const verdicts = await Promise.all(texts.map((text) => by.isKeepable(text)))
  return texts.filter((_, i) => verdicts[i])
}
