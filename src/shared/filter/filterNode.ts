// Conditions that a filter puts to a frame, as a tree.

import type { DeepPath } from '../text/jsonPath.ts'

export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly parts: readonly FilterNode[] }
  | { readonly kind: 'not'; readonly part: FilterNode }
  | FilterTest

/** One condition. */
export type FilterTest = WordTest | RegexTest | NameTest | NumberTest | FlagTest | JsonTest

/** The payload or the label has the text, in any letter case. */
export interface WordTest {
  readonly kind: 'word'
  readonly text: string
}

/** As `compileRegex` takes them. */
export interface RegexSource {
  readonly source: string
  readonly flags: string
}

export interface RegexTest extends RegexSource {
  readonly kind: 'regex'
}

/** A field has one of the names, in any letter case. */
export interface NameTest {
  readonly kind: 'name'
  readonly field: NameField
  readonly names: readonly NamePattern[]
}

export type NameField = 'dir' | 'kind' | 'type' | 'name' | 'key' | 'code' | RequestField

/** Of the request that a frame is, answers or belongs to. */
export type RequestField = 'path' | 'method'

/** What stands before, between and after the `*` of a name; a single text is the whole name. */
export type NamePattern = readonly string[]

/** A field's number keeps all bounds of one of the ranges. */
export interface NumberTest {
  readonly kind: 'number'
  readonly field: NumberField
  readonly ranges: readonly (readonly Bound[])[]
  /** As it stands behind the field's name, without white space: `>1kB`, `:5xx,404`. */
  readonly written: string
}

/** Of `size` in bytes, of `gap`, `after` and `before` in milliseconds. */
export type NumberField = 'status' | 'size' | 'gap' | 'after' | 'before' | 'conn' | 'seq'

export type Comparison = '<' | '<=' | '=' | '>=' | '>'

export interface Bound {
  readonly is: Comparison
  readonly value: number
}

export interface FlagTest {
  readonly kind: 'flag'
  readonly flag: FilterFlag
}

export type FilterFlag = 'changed' | 'wire' | 'error' | 'bookmarked' | 'unanswered'

/** The payload is JSON and has, at one of the places that the path leads to, a value of which `test` holds. */
export interface JsonTest {
  readonly kind: 'json'
  readonly path: DeepPath
  /** Null: any value. */
  readonly test: JsonCondition | null
}

export type JsonCondition =
  | { readonly is: Comparison | '!='; readonly value: JsonLiteral }
  /** Text in which this is found, in any letter case. */
  | { readonly is: '~'; readonly text: string }
  | { readonly is: '~'; readonly regex: RegexSource }

/** Not quoted are numbers, `true`, `false` and `null`: as such, or as the text of it. */
export interface JsonLiteral {
  readonly text: string
  readonly quoted: boolean
}
