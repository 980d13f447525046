// The values of a JSON tree that differ from another payload, by their lines, with how much a number has grown.

import { parsePath } from '../../../shared/text/jsonPath.ts'
import type { JsonNode } from '../../json/jsonNode.ts'
import { pathsTo } from '../../json/jsonPlaces.ts'
import type { Comparison } from './compareJson.ts'

/** More marks would say no more than that all is new. */
const maxMarks = 500

/** From a line's path to `+7.5`, or to nothing where there is no such number. */
export function treeChanges(root: JsonNode, compared: Comparison): ReadonlyMap<string, string> {
  const marks = new Map<string, string>()
  if (compared.kind === 'refused') return marks
  const { changed, added, values = [] } = compared.difference
  const valuesAt = new Map(values.map((value) => [value.path, value]))
  const marked = [...changed, ...added].slice(0, maxMarks).flatMap((told) => {
    const path = parsePath(told)
    return path ? [{ told, path }] : []
  })
  const lines = pathsTo(
    root,
    marked.map(({ path }) => path),
  )
  for (const [nth, { told }] of marked.entries()) {
    const line = lines[nth]
    // A mark on the whole would mark nothing.
    if (!line || line === '$') continue
    const value = valuesAt.get(told)
    marks.set(line, value ? growth(value.from, value.to) : '')
  }
  return marks
}

const plainNumber = /^-?\d{1,15}(?:\.(\d{1,10}))?$/

/** `+7.5`, `−3`; empty where either is no number, or one of more digits than are counted with. */
export function growth(from: string, to: string): string {
  const [before, after] = [plainNumber.exec(from), plainNumber.exec(to)]
  if (!before || !after) return ''
  const decimals = Math.max(before[1]?.length ?? 0, after[1]?.length ?? 0)
  const by = Number((Number(to) - Number(from)).toFixed(decimals))
  if (by === 0) return ''
  return by > 0 ? `+${by}` : `−${-by}`
}
