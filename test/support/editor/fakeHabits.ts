// Habits of a fake host, which a page that is loaded anew finds again.

import { type Habits, readHabits } from '../../../src/shared/session/habits.ts'
import type { FakePage } from './fakePage.ts'

export function keptHabits(storage: FakePage['sessionStorage']) {
  const kept = (): object => JSON.parse(storage.getItem('habits') ?? '{}')
  return {
    read: (first: Partial<Habits>): Habits => readHabits({ ...first, ...kept() }),
    keep: (changes: Partial<Habits>): void =>
      storage.setItem('habits', JSON.stringify({ ...kept(), ...changes })),
  }
}
