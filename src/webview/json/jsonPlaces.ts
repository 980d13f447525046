// Places in a JSON tree: from a line to its value, from a value or an offset to its line.

import type { JsonPath, PathStep } from '../../shared/text/jsonPath.ts'
import type { JsonNode } from './jsonNode.ts'
import { childPath, pieceSize, wholePath } from './jsonPieces.ts'

/** The value that a line stands for, and where it is; of a piece the whole list. */
export function nodeAt(
  root: JsonNode,
  path: string,
): { readonly node: JsonNode; readonly path: JsonPath } {
  let node = root
  const steps: PathStep[] = []
  for (const step of wholePath(path).split('.').slice(1)) {
    const [child] = node.children(Number(step))
    if (!child) break
    steps.push(child.key === null ? Number(step) : nameOf(child.key))
    node = child
  }
  return { node, path: steps }
}

/** What must be open so that the line of `path` is drawn, outermost first. */
export function openAbove(root: JsonNode, path: string): readonly string[] {
  const above: string[] = []
  let node = root
  let here = '$'
  for (const step of path.split('.').slice(1)) {
    above.push(here)
    const index = Number(step)
    let [first, end] = [0, node.count]
    for (let size = pieceSize(end - first); size > 1; size = pieceSize(end - first)) {
      first += Math.floor((index - first) / size) * size
      end = Math.min(end, first + size)
      above.push(`${here}~${first}-${end - 1}`)
    }
    const [child] = node.children(index)
    if (!child) break
    node = child
    here = childPath(here, index)
  }
  return above
}

/** The path of the value in which, or in whose name, the text's character at `offset` is; of what is around all, the root. */
export function pathOfOffset(root: JsonNode, offset: number): string {
  let path = '$'
  for (let node: JsonNode | null = root; node; ) {
    const next = childAround(node, offset)
    if (next) path = childPath(path, next.index)
    node = next?.child ?? null
  }
  return path
}

/** What stands between two values is taken for part of the second. */
function childAround(
  node: JsonNode,
  offset: number,
): { readonly child: JsonNode; readonly index: number } | null {
  if (offset <= node.start || offset >= node.end) return null
  let index = 0
  for (const child of node.children()) {
    if (offset < child.end) return { child, index }
    index++
  }
  return null
}

/**
 * Where the values at `paths` are, `$.0.2`-like, in the same order; null where there is none. An object is passed over once for
 * all that is sought in it, as it can have a million names.
 */
export function pathsTo(root: JsonNode, paths: readonly JsonPath[]): readonly (string | null)[] {
  const found: (string | null)[] = paths.map(() => null)
  const open: Search[] = [{ node: root, here: '$', depth: 0, sought: [...paths.keys()] }]
  for (let search = open.pop(); search; search = open.pop()) {
    const { node, here, depth, sought } = search
    const inner = new Map<PathStep, number[]>()
    for (const nth of sought) {
      const step = paths[nth]?.[depth]
      if (step === undefined) found[nth] = here
      else if (!inner.get(step)?.push(nth)) inner.set(step, [nth])
    }
    for (const { child, index, step } of childrenAt(node, new Set(inner.keys()))) {
      const next = { node: child, here: childPath(here, index), depth: depth + 1 }
      open.push({ ...next, sought: inner.get(step) ?? [] })
    }
  }
  return found
}

/** Paths, by their numbers, whose first `depth` steps lead to this node. */
interface Search {
  readonly node: JsonNode
  readonly here: string
  readonly depth: number
  readonly sought: readonly number[]
}

interface Found {
  readonly child: JsonNode
  readonly index: number
  readonly step: PathStep
}

/** Of a name that stands more than once the first. Empties `steps` of the names that it finds. */
function* childrenAt(node: JsonNode, steps: Set<PathStep>): Generator<Found> {
  if (node.kind === 'array') {
    for (const step of steps) {
      const [child] = typeof step === 'number' && step >= 0 ? node.children(step) : []
      if (child) yield { child, index: Number(step), step }
    }
    return
  }
  let index = 0
  for (const child of steps.size > 0 ? node.children() : []) {
    const step = child.key === null ? null : nameOf(child.key)
    if (steps.delete(step)) yield { child, index, step }
    if (steps.size === 0) return
    index++
  }
}

/** From the name as it was written. Parsing is dear where there are many. */
function nameOf(key: string): string {
  return key.includes('\\') ? String(JSON.parse(key)) : key.slice(1, -1)
}
