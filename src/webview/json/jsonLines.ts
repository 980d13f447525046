// A JSON tree as the lines that are visible while some of its branches are collapsed.

import type { JsonPath, PathStep } from '../../shared/text/jsonPath.ts'
import { formatCount } from '../../shared/text/units.ts'
import type { JsonNode } from './jsonNode.ts'

export interface JsonLine {
  /** Where the node is, `$.0.2`-like and unique: it remembers what is open. */
  readonly path: string
  readonly depth: number
  /** `"price": `, or empty. */
  readonly key: string
  readonly kind: JsonNode['kind'] | 'end'
  /** The value as written, `{`, `[`, `{ 3 keys }`, `}`. */
  readonly text: string
  /** `,` where the source has one. */
  readonly comma: string
  /** Null for a line that cannot be collapsed. */
  readonly expanded: boolean | null
}

/** Lines that are opened by themselves when a payload is first shown. */
const openLines = 300

/** The branches that start open: breadth first, until the open lines are used up. The root always does. */
export function initiallyOpen(root: JsonNode): ReadonlySet<string> {
  const open = new Set<string>()
  let budget = openLines
  const queue: { node: JsonNode; path: string }[] = [{ node: root, path: '$' }]
  // The loop goes on over what it adds to the queue. Taking from the front would move all the rest each time.
  for (const { node, path } of queue) {
    if (path !== '$' && budget < node.count) continue
    open.add(path)
    budget -= node.count
    let index = 0
    for (const child of node.children()) {
      // What would not be open anyway is not looked for.
      if (index >= openLines) break
      if (child.count > 0) queue.push({ node: child, path: childPath(path, index) })
      index++
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
  add(root, '$', 0, '')
  return lines

  function add(node: JsonNode, path: string, depth: number, comma: string): void {
    if (lines.length >= limit) return
    const key = node.key === null ? '' : `${node.key}: `
    const line = { path, depth, key, kind: node.kind }
    if (node.kind !== 'object' && node.kind !== 'array') {
      lines.push({ ...line, text: node.source, comma, expanded: null })
      return
    }
    const [begin, end] = node.kind === 'object' ? ['{', '}'] : ['[', ']']
    if (node.count === 0) {
      lines.push({ ...line, text: `${begin}${end}`, comma, expanded: null })
    } else if (!open.has(path)) {
      lines.push({ ...line, text: collapsedText(node), comma, expanded: false })
    } else {
      lines.push({ ...line, text: begin, comma: '', expanded: true })
      addChildren(node, path, depth)
      if (lines.length >= limit) return
      lines.push({
        ...line,
        path: `${path}/`,
        key: '',
        kind: 'end',
        text: end,
        comma,
        expanded: null,
      })
    }
  }

  function addChildren(node: JsonNode, path: string, depth: number): void {
    let index = 0
    for (const child of node.children()) {
      if (lines.length >= limit) return
      add(child, childPath(path, index), depth + 1, index === node.count - 1 ? '' : ',')
      index++
    }
  }
}

function collapsedText({ kind, count }: JsonNode): string {
  const inner = `${formatCount(count)} ${kind === 'array' ? 'item' : 'key'}${count === 1 ? '' : 's'}`
  return kind === 'array' ? `[ ${inner} ]` : `{ ${inner} }`
}

/** By position, not by name: an object may hold a name twice. */
function childPath(path: string, index: number): string {
  return `${path}.${index}`
}

/** The value that a line stands for, and where it is. */
export function nodeAt(
  root: JsonNode,
  path: string,
): { readonly node: JsonNode; readonly path: JsonPath } {
  let node = root
  const steps: PathStep[] = []
  for (const step of path.split('.').slice(1)) {
    const child = nthOf(node.children(), Number(step))
    if (!child) break
    steps.push(child.key === null ? Number(step) : String(JSON.parse(child.key)))
    node = child
  }
  return { node, path: steps }
}

function nthOf<T>(items: Iterable<T>, nth: number): T | null {
  let index = 0
  for (const item of items) if (index++ === nth) return item
  return null
}
