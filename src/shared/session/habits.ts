// The habits of a user, which hold for every timeline of all windows: each a field with its check.

import { filterLimits } from '../limits.ts'
import { isRecord } from '../unknown.ts'
import type { FoldLevel } from './captureRows.ts'

/** Where the detail stands; `auto`: below the rows where the page is narrow, else to their right. */
export type DetailPlace = 'auto' | 'right' | 'below'

/** What folds to one row; see `FoldLevel`. */
export type FoldHabit = 'everything' | FoldLevel

/** Silences that can be rows from so many milliseconds on; 0: none is. */
export const gapChoices = [0, 100, 500, 1000, 5000, 30_000] as const

/**
 * What the times of rows count from: the row before, the start of the session, the last message or request sent; `clock`:
 * the time of day.
 */
export type TimeMode = 'before' | 'start' | 'sent' | 'clock'

export interface Habits {
  readonly detailPlace: DetailPlace
  readonly timeMode: TimeMode
  readonly fold: FoldHabit
  /** Silences are rows from so many milliseconds on, one of `gapChoices`. */
  readonly gapMs: number
  /** Width of the column of times in px; null: as wide as what stands in it. */
  readonly timesPx: number | null
  /** The same of the notes. */
  readonly notesPx: number | null
  /** The overview strip above the rows. */
  readonly strip: 'shown' | 'hidden'
  /** What its bars count. */
  readonly stripUnit: 'frames' | 'bytes'
  /** Filters that were used, the latest first. */
  readonly lastFilters: readonly string[]
}

/** So many filters are remembered. */
export const mostLastFilters = 20

interface HabitField<T> {
  readonly fresh: T
  readonly isValid: (value: unknown) => value is T
}

/** A new habit is a field of `Habits` and a row here. */
const fields: { readonly [Name in keyof Habits]: HabitField<Habits[Name]> } = {
  detailPlace: { fresh: 'auto', isValid: isOneOf('auto', 'right', 'below') },
  timeMode: { fresh: 'before', isValid: isOneOf('before', 'start', 'sent', 'clock') },
  fold: { fresh: 'repeats', isValid: isOneOf('everything', 'repeats', 'bursts') },
  gapMs: { fresh: 1000, isValid: isGap },
  timesPx: { fresh: null, isValid: isWidth },
  notesPx: { fresh: null, isValid: isWidth },
  strip: { fresh: 'shown', isValid: isOneOf('shown', 'hidden') },
  stripUnit: { fresh: 'frames', isValid: isOneOf('frames', 'bytes') },
  lastFilters: { fresh: [], isValid: areFilters },
}

const names = Object.keys(fields) as readonly (keyof Habits)[]

/** Of somebody who has chosen nothing yet. */
export const freshHabits: Habits = readHabits(null)

/** Each habit that is missing or wrong is as of somebody who has chosen nothing. */
export function readHabits(saved: unknown): Habits {
  const found: Readonly<Record<string, unknown>> = isRecord(saved) ? saved : {}
  const read = names.map((name) => {
    const { fresh, isValid } = fields[name]
    return [name, isValid(found[name]) ? found[name] : fresh]
  })
  return Object.fromEntries(read) as Habits
}

/** The habits among the fields of `changes`, in their own order; null where one of them is wrong. */
export function readHabitChanges(
  changes: Readonly<Record<string, unknown>>,
): Partial<Habits> | null {
  const given = names.filter((name) => changes[name] !== undefined)
  if (!given.every((name) => fields[name].isValid(changes[name]))) return null
  return Object.fromEntries(given.map((name) => [name, changes[name]]))
}

function areFilters(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) &&
    value.length <= mostLastFilters &&
    value.every((one) => typeof one === 'string' && one.length <= filterLimits.chars)
  )
}

function isGap(value: unknown): value is number {
  return gapChoices.some((choice) => choice === value)
}

/** Of the widest screens; the page draws none that leaves no room. */
const widestPx = 10_000

function isWidth(value: unknown): value is number | null {
  return value === null || (typeof value === 'number' && value >= 0 && value <= widestPx)
}

function isOneOf<T extends string>(...all: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => all.some((one) => one === value)
}
