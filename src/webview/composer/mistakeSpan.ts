// The place of the first mistake in JSON that is typed.

import { hasReference } from '../../shared/endpoint/references.ts'
import { looksLikeJson } from '../../shared/text/jsonText.ts'
import { findJsonProblem, type JsonProblem, offsetOf } from '../json/jsonProblem.ts'

/** `to` is exclusive. */
export interface MistakeSpan {
  readonly from: number
  readonly to: number
}

/** In text that looks like JSON. Null where there is none for sure, and where references stand, which are filled in first. */
export function mistakeSpan(text: string): MistakeSpan | null {
  if (!looksLikeJson(text) || hasReference(text)) return null
  const problem = findJsonProblem(text)
  return problem && spanOf(text, problem)
}

/** Null where something is missing at the end, or a word reaches it: that may still be typed. */
export function spanOf(text: string, problem: JsonProblem): MistakeSpan | null {
  const from = offsetOf(text, problem)
  const to = from + problem.length
  const isSure = to < text.trimEnd().length || /^[\]},:]/.test(text.slice(from, to))
  return isSure && to > from ? { from, to } : null
}
