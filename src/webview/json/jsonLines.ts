// A JSON tree as the lines that are visible while some of its branches are collapsed.

import type { JsonNode } from './jsonDocument.ts'

export interface JsonLine {
  /** Where the node is, `$.0.2`-like and unique: it remembers what is collapsed. */
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

/** The branches that start collapsed: breadth first, once the open lines are used up. */
export function initiallyCollapsed(root: JsonNode): ReadonlySet<string> {
  const collapsed = new Set<string>()
  let budget = openLines
  const queue: { node: JsonNode; path: string }[] = [{ node: root, path: '$' }]
  // The loop goes on over what it adds to the queue. Taking from the front would move all the rest each time.
  for (const { node, path } of queue) {
    if (path !== '$' && budget < node.children.length) {
      collapsed.add(path)
      continue
    }
    budget -= node.children.length
    node.children.forEach((child, index) => {
      if (child.children.length > 0) queue.push({ node: child, path: childPath(path, index) })
    })
  }
  return collapsed
}

/** At most `limit` lines from the top; a collapsed branch takes one. */
export function jsonLines(
  root: JsonNode,
  collapsed: ReadonlySet<string>,
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
    const [open, close] = node.kind === 'object' ? ['{', '}'] : ['[', ']']
    if (node.children.length === 0) {
      lines.push({ ...line, text: `${open}${close}`, comma, expanded: null })
    } else if (collapsed.has(path)) {
      lines.push({ ...line, text: collapsedText(node), comma, expanded: false })
    } else {
      lines.push({ ...line, text: open, comma: '', expanded: true })
      const last = node.children.length - 1
      node.children.forEach((child, index) => {
        add(child, childPath(path, index), depth + 1, index === last ? '' : ',')
      })
      if (lines.length >= limit) return
      lines.push({
        path: `${path}/`,
        depth,
        key: '',
        kind: 'end',
        text: close,
        comma,
        expanded: null,
      })
    }
  }
}

function collapsedText(node: JsonNode): string {
  const count = node.children.length
  if (node.kind === 'array') return `[ ${count} ${count === 1 ? 'item' : 'items'} ]`
  return `{ ${count} ${count === 1 ? 'key' : 'keys'} }`
}

/** By position, not by name: an object may hold a name twice. */
function childPath(path: string, index: number): string {
  return `${path}.${index}`
}
