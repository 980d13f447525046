// The values of an object or a list as they are opened: one by one, or where there are many by pieces.

import type { JsonNode } from './jsonNode.ts'

/** A longer list or object is opened by pieces of so many. */
export const pieceCount = 100

/** What is drawn below an open line. */
export interface Inner {
  readonly path: string
  /** Null for a piece. */
  readonly child: JsonNode | null
  readonly index: number
  readonly end: number
}

/** The values `first` to `end - 1` of a branch, or the pieces that they make. */
export function* innerOf(
  node: JsonNode,
  path: string,
  first: number,
  end: number,
): Generator<Inner> {
  const size = pieceSize(end - first)
  if (size > 1) {
    for (let index = first; index < end; index += size) {
      const last = Math.min(end, index + size)
      yield { path: `${wholePath(path)}~${index}-${last - 1}`, child: null, index, end: last }
    }
    return
  }
  let index = first
  for (const child of node.children(first)) {
    if (index >= end) return
    yield { path: childPath(wholePath(path), index), child, index, end: index + 1 }
    index++
  }
}

/** Values in a piece of so many values; 1 where they need no pieces. */
export function pieceSize(count: number): number {
  let size = 1
  while (count > size * pieceCount) size *= pieceCount
  return size
}

/** By position, not by name: an object may hold a name twice. */
export function childPath(path: string, index: number): string {
  return `${path}.${index}`
}

/** Without the piece that it is of. */
export function wholePath(path: string): string {
  return path.replace(/~.*$/, '')
}
