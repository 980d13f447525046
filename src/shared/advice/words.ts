// Words for how often something happens, and how old data may be.

import { formatCount, formatDelay } from '../text/units.ts'

const spans = [
  { each: 'second', perMinute: 1 / 60 },
  { each: 'minute', perMinute: 1 },
  { each: 'hour', perMinute: 60 },
  { each: 'day', perMinute: 1440 },
] as const

/** `54 times a minute`, `once an hour`, `never`: in the shortest span from a minute on in which it happens; from ten on in seconds. */
export function timesWords(perMinute: number): string {
  if (perMinute <= 0) return 'never'
  const [second, ...longer] = spans
  const inSecond = perMinute * second.perMinute
  if (inSecond >= 10) return `${formatCount(inSecond)} times a second`
  // Of what is more seldom than once a day nobody has seen enough.
  const span = longer.find((one) => perMinute * one.perMinute >= 0.95)
  if (span === undefined) return 'less than once a day'
  const times = perMinute * span.perMinute
  const article = span.each === 'hour' ? 'an' : 'a'
  const count = times < 9.95 && !isWhole(times) ? times.toFixed(1) : formatCount(times)
  return `${fewTimes[count] ?? `${count} times`} ${article} ${span.each}`
}

const fewTimes: Readonly<Record<string, string>> = { 1: 'once', 2: 'twice' }

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 0.05
}

/** `5 s`, `1 min`, `1 h`; what is not whole as a delay. */
export function ageWords(ms: number): string {
  for (const [unit, unitMs] of units) {
    if (ms >= unitMs && ms % unitMs === 0) return `${ms / unitMs} ${unit}`
  }
  return ms >= 10 && ms < 1000 ? `${Math.round(ms)} ms` : formatDelay(ms)
}

const units = [
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const
