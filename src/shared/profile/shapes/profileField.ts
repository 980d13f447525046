// The contract of one field of a profile entry: all that anybody has to know of it.

import type { Endpoint, Method, SavedMessage } from '../../endpoint/endpoint.ts'
import type { Report } from '../../endpoint/problem.ts'
import type { FieldOption } from './fieldOption.ts'
import type { FieldReader } from './fieldReader.ts'
import type { Schema } from './schemaShapes.ts'
import type { MapText } from './textRole.ts'

/** What a setting may change; a profile's own fields go before it. */
export interface EndpointDefaults {
  readonly intervalMs?: number
  readonly reconnectAttempts?: number
}

/** What a field may have to know of its entry. */
export interface EntryContext {
  /** Null when the entry has none that exists. */
  readonly method: Method | null
  /** What a text in `send` and `repeat` may name. */
  readonly messages: readonly SavedMessage[]
  readonly defaults: EndpointDefaults
}

export interface FieldCheck {
  readonly stage: 'unresolved' | 'resolved'
  /** Whether a text still holds references, which leaves its grammar for later. */
  open(text: string): boolean
  report: Report
}

/** What people and their editors are told of a field, or of a part of one. */
export interface FieldText {
  readonly name: string
  /** Markdown; one sentence, or a few. It stands in the documentation and in the schema. */
  readonly meaning: string
  /** What the schema adds, since the documentation says it of all such fields at once. */
  readonly note?: string
  /** What its value may be; the description is added. */
  readonly schema: Schema
}

/** `P` are the endpoint's properties that the field fills, `N` those of them that have a neutral value. */
export interface ProfileField<P extends keyof Endpoint, N extends keyof Endpoint = P>
  extends FieldText {
  /** The methods it is for; without them all by which Lifeline itself connects. */
  readonly methods?: readonly Method[]
  /** The one value that is no mistake where the entry has another method. */
  readonly elsewhere?: string
  /** The field that cannot stand beside it. */
  readonly insteadOf?: string
  /** The heading in the documentation that says more. */
  readonly section?: string
  /** Parts of an object; each has a row of its own in the documentation's section. */
  readonly parts?: readonly FieldText[]
  /** What its properties are when nobody asks for anything. */
  readonly neutral: Pick<Endpoint, N>
  /** Answers with something harmless, and reports, where the entry has another shape. */
  read(read: FieldReader, entry: EntryContext): Pick<Endpoint, P>
  /** What stands in a profile for it; undefined where it stands at its default. */
  format(endpoint: Endpoint, defaults: EndpointDefaults): unknown
  /** The same with each text replaced by `map`'s answer; without it the field holds no text that may have references. */
  mapText?(endpoint: Endpoint, map: MapText): Pick<Endpoint, P>
  /** Reports what no peer would accept and what contradicts other fields. */
  check?(endpoint: Endpoint, check: FieldCheck): void
  readonly options?: readonly FieldOption[]
  /** An option goes into what the profile says, name by name; otherwise it takes the whole field's place. */
  readonly isMerged?: boolean
  /** What the schema says of it beside `schema` where the entry has this method. */
  methodSchema?(method: Method): Schema | null
  /** What the schema says of the whole entry because of it. */
  readonly entrySchemas?: readonly Schema[]
}

/** The same of a field that is one property of the endpoint. */
export interface PropertyField<V>
  extends Omit<ProfileField<never>, 'neutral' | 'read' | 'format' | 'mapText'> {
  readonly neutral: V
  read(read: FieldReader, entry: EntryContext): V
  /** Without it the value itself, where it is not neutral. */
  format?(value: V, endpoint: Endpoint, defaults: EndpointDefaults): unknown
  mapText?(value: V, map: MapText): V
}

/** The row of a field that is one property of the endpoint. */
export function propertyField<P extends keyof Endpoint>(
  property: P,
  { neutral, read, format, mapText, ...rest }: PropertyField<Endpoint[P]>,
): ProfileField<P> {
  const filled = (value: Endpoint[P]) => ({ [property]: value }) as Pick<Endpoint, P>
  return {
    ...rest,
    neutral: filled(neutral),
    read: (reader, entry) => filled(read(reader, entry)),
    format(endpoint, defaults) {
      const value = endpoint[property]
      if (format) return format(value, endpoint, defaults)
      return value === neutral ? undefined : value
    },
    ...(mapText && { mapText: (endpoint, map) => filled(mapText(endpoint[property], map)) }),
  }
}
