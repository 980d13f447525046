// SQL that finds a text in a column, in any letter case.

import type { NamePattern } from '../../../shared/filter/filterNode.ts'
import type { SqlContext } from './sqlContext.ts'

/** Makes the condition for a column: the same parameters serve all columns of a filter. */
export type Like = (column: string) => string

/** The column contains the text. */
export function contains(context: SqlContext, text: string): Like {
  return likeAny(
    context,
    variantsOf(text).map((variant) => `%${escaped(variant)}%`),
  )
}

/** The same of JSON that is not taken apart: the text stands there as JSON escapes it. */
export function containsInJson(context: SqlContext, text: string): Like {
  return likeAny(
    context,
    variantsOf(text).map((variant) => `%${escaped(JSON.stringify(variant).slice(1, -1))}%`),
  )
}

/** The column is one of the names. */
export function isNamed(context: SqlContext, names: readonly NamePattern[]): Like {
  return likeAny(
    context,
    names.flatMap((pieces) => variantsOf(pieces.map(escaped).join('%'))),
  )
}

function likeAny(context: SqlContext, patterns: readonly string[]): Like {
  const bound = patterns.map((pattern) => context.bind(pattern))
  return (column) => `(${bound.map((name) => `${column} LIKE ${name} ESCAPE '\\'`).join(' OR ')})`
}

/** SQL's LIKE ignores the case of ASCII letters only: others are found as typed, in lower case and in upper case. */
function variantsOf(text: string): readonly string[] {
  return /[^\0-\x7f]/.test(text)
    ? [...new Set([text, text.toLowerCase(), text.toUpperCase()])]
    : [text]
}

function escaped(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&')
}
