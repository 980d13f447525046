// Completion of a filter: what may stand where the caret is.

import { type FieldRow, fieldRows, flagRows, jsonRows } from '../../shared/filter/filterTable.ts'
import type { Choice } from '../elements/choice.ts'
import { filterTokens } from './filterTokens.ts'
import type { KnownValues } from './knownValues.ts'
import { plainSentence } from './plainSentence.ts'

export interface FilterChoice extends Choice {
  /** Stands in the place of the text from `from` to `to`. */
  readonly insert: string
  readonly from: number
  readonly to: number
}

/** So many are looked at. */
const mostChoices = 30

/** Empty where nothing fits. With `all`, also where no letter has been typed yet. */
export function completeFilter(
  text: string,
  caret: number,
  known: KnownValues,
  all = false,
): readonly FilterChoice[] {
  const token = filterTokens(text).find(({ from, to }) => from < caret && caret <= to)
  if (token && (token.kind === 'string' || token.kind === 'regex')) return []
  const from = token && token.kind !== 'join' ? token.from : caret
  const typed = text.slice(from, caret)
  const value = /^([a-z]+)(:|=)(.*)$/is.exec(typed)
  const row = value && fieldOf(value[1] ?? '')
  if (value && row) return valueChoices(text, caret, row, value, known)
  if (typed.startsWith('$')) return pathChoices(typed, from, caret, known)
  return typed === '' && !all ? [] : nameChoices(typed, from, caret, known)
}

function fieldOf(name: string): FieldRow | null {
  return Object.entries(fieldRows).find(([field]) => field === name)?.[1] ?? null
}

function valueChoices(
  text: string,
  caret: number,
  row: FieldRow,
  [, name = '', , values = '']: RegExpExecArray,
  known: KnownValues,
): readonly FilterChoice[] {
  const seen: Readonly<Record<string, readonly string[] | KnownValues['paths']>> = { ...known }
  const typed = values.slice(values.lastIndexOf(',') + 1)
  const from = caret - typed.length
  const rest = /^[^\s,()]*/.exec(text.slice(caret))?.[0].length ?? 0
  const offered = new Set([...(seen[name] ?? []), ...(row.values ?? [])])
  return [...offered]
    .filter((one) => begins(one, typed) && one !== typed)
    .slice(0, mostChoices)
    .map((one) => ({
      label: one,
      insert: /[\s,()"]/.test(one) ? JSON.stringify(one) : one,
      from,
      to: caret + rest,
    }))
}

function pathChoices(
  typed: string,
  from: number,
  caret: number,
  { paths }: KnownValues,
): readonly FilterChoice[] {
  return paths
    .filter((path) => begins(path, typed) && path !== typed)
    .slice(0, mostChoices)
    .map((path) => ({ label: path, insert: path, from, to: caret }))
}

function nameChoices(
  typed: string,
  from: number,
  caret: number,
  { paths }: KnownValues,
): readonly FilterChoice[] {
  const place = { from, to: caret }
  const rows = [...Object.values(fieldRows), ...Object.values(flagRows)]
  const names = rows
    .filter(({ write }) => begins(write, typed) && write !== typed)
    .map(({ write, sentence }) => ({
      label: write,
      detail: plainSentence(sentence),
      insert: write,
      ...place,
    }))
  const [path] = jsonRows
  if (typed !== '' || !path || paths.length === 0) return names
  return [...names, { label: '$.', detail: plainSentence(path.sentence), insert: '$.', ...place }]
}

function begins(whole: string, typed: string): boolean {
  return whole.toLowerCase().startsWith(typed.toLowerCase())
}
