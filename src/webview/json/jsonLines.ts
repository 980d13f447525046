// A JSON tree as the lines that are visible while some of its branches are folded; long ones are opened by pieces.

import { formatCount } from '../../shared/text/units.ts'
import { foldedWords } from './foldedWords.ts'
import type { JsonNode } from './jsonNode.ts'
import { innerOf, pieceCount } from './jsonPieces.ts'

export interface JsonLine {
  /** Where the node is, `$.0.2`-like and unique: it remembers what is open. A piece of it is `$.0.2~100-199`. */
  readonly path: string
  readonly depth: number
  /** `price: `, `"a b": `, of an item of a list `3: `; or empty. */
  readonly key: string
  /** The key is the number of an item. */
  readonly isItem: boolean
  readonly kind: JsonNode['kind'] | 'piece' | 'end'
  /** The value as written, `{`, `[`, `{ id 7, 3 more }`, `[100 … 199]`, `}`. */
  readonly text: string
  /** Null for a line that cannot be folded. */
  readonly expanded: boolean | null
}

/** Lines that are opened by themselves when a payload is first shown. */
const openLines = 300
/** The items of a longer list begin folded: a line for each, with its first values, tells them apart. */
const openItems = 10

/** The branches that start open: breadth first, until the open lines are used up. The root and its first piece always do. */
export function initiallyOpen(root: JsonNode): ReadonlySet<string> {
  const open = new Set<string>()
  let budget = openLines
  const queue: { node: JsonNode; path: string; first: number; end: number; must: boolean }[] = []
  const ask = (node: JsonNode, path: string, first: number, end: number, must: boolean) =>
    queue.push({ node, path, first, end, must })
  ask(root, '$', 0, root.count, true)
  // The loop goes on over what it adds to the queue. Taking from the front would move all the rest each time.
  for (const { node, path, first, end, must } of queue) {
    const lines = Math.min(end - first, pieceCount)
    if (!must && budget < lines) continue
    open.add(path)
    budget -= lines
    for (const inner of innerOf(node, path, first, end)) {
      if (inner.child === null) {
        // Of the pieces the first shows what is in the list.
        if (inner.index === first) ask(node, inner.path, inner.index, inner.end, must)
      } else if (inner.child.count > 0 && (node.kind === 'object' || node.count <= openItems)) {
        ask(inner.child, inner.path, 0, inner.child.count, false)
      }
    }
  }
  return open
}

/** At most `limit` lines from the top; a branch that is not open takes one. */
export function jsonLines(
  root: JsonNode,
  open: ReadonlySet<string>,
  limit: number,
): readonly JsonLine[] {
  const lines: JsonLine[] = []
  add(root, '$', 0, null)
  return lines

  /** `item`: its number in a list. */
  function add(node: JsonNode, path: string, depth: number, item: number | null): void {
    if (lines.length >= limit) return
    const { kind, count } = node
    const shared = { path, depth, kind, key: keyWords(node, item), isItem: item !== null }
    if (kind !== 'object' && kind !== 'array') {
      lines.push({ ...shared, text: node.source, expanded: null })
      return
    }
    const [begin, end] = kind === 'object' ? ['{', '}'] : ['[', ']']
    if (count === 0) lines.push({ ...shared, text: `${begin}${end}`, expanded: null })
    else if (!open.has(path)) lines.push({ ...shared, text: foldedWords(node), expanded: false })
    else {
      lines.push({ ...shared, text: begin, expanded: true })
      addInner(node, path, depth + 1, 0, count)
      if (lines.length >= limit) return
      const closed = { kind: 'end', key: '', isItem: false, text: end, expanded: null } as const
      lines.push({ ...shared, ...closed, path: `${path}/` })
    }
  }

  function addInner(
    node: JsonNode,
    path: string,
    depth: number,
    first: number,
    count: number,
  ): void {
    for (const inner of innerOf(node, path, first, count)) {
      if (lines.length >= limit) return
      if (inner.child) {
        add(inner.child, inner.path, depth, node.kind === 'array' ? inner.index : null)
        continue
      }
      const expanded = open.has(inner.path)
      lines.push({
        ...{ path: inner.path, depth, key: '', isItem: false, kind: 'piece', expanded },
        text: `[${formatCount(inner.index)} … ${formatCount(inner.end - 1)}]`,
      })
      if (expanded) addInner(node, path, depth + 1, inner.index, inner.end)
    }
  }
}

/** A name stands without quotes where it can. */
function keyWords({ key }: JsonNode, item: number | null): string {
  if (key === null) return item === null ? '' : `${item}: `
  const bare = key.slice(1, -1)
  return `${/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(bare) ? bare : key}: `
}
