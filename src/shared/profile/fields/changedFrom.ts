// The parts of a field in which a value differs from the neutral one.

/** Undefined when none does. */
export function changedFrom<T extends object>(neutral: T, value: T): Partial<T> | undefined {
  const changed = Object.entries(value).filter(([name, part]) => part !== neutral[name as keyof T])
  return changed.length > 0 ? (Object.fromEntries(changed) as Partial<T>) : undefined
}
