// Paths into JSON as filters write them: `$.items[*].id`, `$["a b"]`, `$..id`.

import type { JsonStep } from './filterNode.ts'
import { endOf } from './filterScan.ts'

export interface ReadPath {
  readonly path: readonly JsonStep[]
  readonly end: number
}

/** What a name may not have in it unless it stands in brackets and quotes. */
const bareName = /[^\s.[\]()<>=!~"'`,;:{}|*$]+/y
const step =
  /\.\.(?<deep>[^\s.[\]()<>=!~"'`,;:{}|*$]+)|\.\.\[(?<deepQuoted>"(?:[^"\\]|\\.)*")\]|\.(?<name>[^\s.[\]()<>=!~"'`,;:{}|*$]+)|\[(?<quoted>"(?:[^"\\]|\\.)*"|'[^'\\]*')\]|\[(?<index>\d{1,9})\]|(?<each>\[\*\]|\.\*)/sy

/** Reads the path that begins with `$` at `at`, as far as it goes. */
export function readJsonPath(text: string, at: number): ReadPath {
  const path: JsonStep[] = []
  let end = at + 1
  for (;;) {
    step.lastIndex = end
    const found = step.exec(text)
    if (!found?.groups) return { path, end }
    path.push(stepOf(found.groups))
    end = step.lastIndex
  }
}

function stepOf(groups: Readonly<Record<string, string | undefined>>): JsonStep {
  const { deep, deepQuoted, name, quoted, index } = groups
  if (deep !== undefined) return { kind: 'deep', name: deep }
  if (deepQuoted !== undefined) return { kind: 'deep', name: nameIn(deepQuoted) }
  if (name !== undefined) return { kind: 'name', name }
  if (quoted !== undefined) return { kind: 'name', name: nameIn(quoted) }
  return index === undefined ? { kind: 'each' } : { kind: 'index', index: Number(index) }
}

function nameIn(quoted: string): string {
  if (quoted.startsWith("'")) return quoted.slice(1, -1)
  try {
    return String(JSON.parse(quoted))
  } catch {
    // Not as JSON escapes it: as it stands.
    return quoted.slice(1, -1)
  }
}

/** `$.items[*].id`, as `readJsonPath` reads it. */
export function formatJsonPath(path: readonly JsonStep[]): string {
  return `$${path.map(formatStep).join('')}`
}

function formatStep(step: JsonStep): string {
  switch (step.kind) {
    case 'each':
      return '[*]'
    case 'index':
      return `[${step.index}]`
    case 'deep':
      return isBare(step.name) ? `..${step.name}` : `..[${JSON.stringify(step.name)}]`
    case 'name':
      return isBare(step.name) ? `.${step.name}` : `[${JSON.stringify(step.name)}]`
  }
}

function isBare(name: string): boolean {
  return name !== '' && endOf(bareName, name, 0) === name.length
}
