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
    steps.push(child.key === null ? Number(step) : String(JSON.parse(child.key)))
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

/** Where the value at `path` is, `$.0.2`-like; null where there is none. */
export function pathTo(root: JsonNode, path: JsonPath): string | null {
  let node = root
  let here = '$'
  for (const step of path) {
    const index = indexOfStep(node, step)
    const [child] = index < 0 ? [] : node.children(index)
    if (!child) return null
    node = child
    here = childPath(here, index)
  }
  return here
}

/** Of a name that stands more than once the first; -1 where there is none. */
function indexOfStep(node: JsonNode, step: PathStep): number {
  if (typeof step === 'number') return node.kind === 'array' && step < node.count ? step : -1
  if (node.kind !== 'object') return -1
  let index = 0
  for (const { key } of node.children()) {
    if (key !== null && JSON.parse(key) === step) return index
    index++
  }
  return -1
}
