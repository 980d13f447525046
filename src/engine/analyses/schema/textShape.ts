// Texts at one place of like messages: the few values that they have, or the format that they share.

import { schemaLimits } from '../../../shared/session/schemaLimits.ts'

export interface TextShape {
  add(text: string): void
  /** Takes over what another one has seen. */
  join(other: TextShape): void
  /** All of them, where they are few and were seen often. */
  values(): readonly string[] | null
  format(): string | null
  /** For `join`. */
  readonly seen: Readonly<TextSeen>
}

interface TextSeen {
  count: number
  /** Null: too many. */
  values: Set<string> | null
  /** Formats that all of them have. */
  formats: readonly Format[] | null
}

interface Format {
  readonly name: string
  /** No longer text has it. */
  readonly most: number
  fits(text: string): boolean
}

const formats: readonly Format[] = [
  // [rfc3339] 5.6
  {
    name: 'date-time',
    most: 40,
    fits: matches(/^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,12})?([Zz]|[+-]\d\d:\d\d)$/),
  },
  { name: 'date', most: 10, fits: matches(/^\d{4}-\d\d-\d\d$/) },
  {
    name: 'uuid',
    most: 36,
    fits: matches(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i),
  },
  { name: 'uri', most: 2000, fits: matches(/^(https?|wss?):\/\/[^\s/]+/i) },
  { name: 'email', most: 254, fits: matches(/^[\w.+-]{1,64}@[\w-]{1,63}(\.[\w-]{1,63}){1,8}$/) },
]

function matches(pattern: RegExp): (text: string) => boolean {
  return (text) => pattern.test(text)
}

export function createTextShape(): TextShape {
  const seen: TextSeen = { count: 0, values: new Set(), formats: null }

  function addValue(text: string): void {
    if (seen.values === null) return
    if (text.length <= schemaLimits.valueChars) seen.values.add(text)
    if (text.length > schemaLimits.valueChars || seen.values.size > schemaLimits.values)
      seen.values = null
  }

  return {
    seen,
    add(text) {
      seen.count++
      addValue(text)
      const left: readonly Format[] = seen.formats ?? formats
      if (left.length > 0 || seen.formats === null)
        seen.formats = left.filter(({ most, fits }) => text.length <= most && fits(text))
    },
    join({ seen: other }) {
      if (other.count === 0) return
      seen.count += other.count
      if (other.values === null) seen.values = null
      else for (const value of other.values) addValue(value)
      const mine = seen.formats
      seen.formats = mine?.filter((one) => other.formats?.includes(one)) ?? other.formats
    },
    values() {
      const { values, count } = seen
      return values !== null && count >= schemaLimits.valueSamples ? [...values].sort() : null
    },
    format: () => seen.formats?.[0]?.name ?? null,
  }
}
