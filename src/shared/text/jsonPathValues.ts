// Follows paths in parsed JSON.

import type { JsonPath, PathStep } from './jsonPath.ts'

/** `[*]` finds so many values at the most where nothing else is said. */
const mostValues = 1000

/** The values at a path in a parsed JSON value, in order; several only where it has `[*]`, the first `most` of them. */
export function valuesAt(
  value: unknown,
  path: JsonPath,
  most: number = mostValues,
): readonly unknown[] {
  let found: readonly unknown[] = [value]
  for (const step of path) {
    found = found.flatMap((each) => valuesIn(each, step, most)).slice(0, most)
  }
  return found
}

/** What a step leads to; the first `most` of several. */
export function valuesIn(
  value: unknown,
  step: PathStep,
  most = Number.POSITIVE_INFINITY,
): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return []
  if (step === null) return Object.values(value).slice(0, most)
  if (Array.isArray(value)) {
    const index = indexOf(step)
    const at = index < 0 ? value.length + index : index
    return at in value ? [value[at]] : []
  }
  return typeof step === 'string' && Object.hasOwn(value, step)
    ? [(value as Readonly<Record<string, unknown>>)[step]]
    : []
}

/** `items.0.id` is written, too. NaN of another name. */
export function indexOf(step: string | number): number {
  if (typeof step === 'number') return step
  return isIndexName(step) ? Number(step) : Number.NaN
}

/** Whether a list takes the name for an index. */
export function isIndexName(name: string): boolean {
  return /^\d{1,15}$/.test(name)
}
