// The words in the line of an object or a list that is folded: its first values, and how many more there are.

import { formatCount } from '../../shared/text/units.ts'
import { cutText } from '../../shared/text/visibleText.ts'
import type { JsonNode } from './jsonNode.ts'

const maxValues = 4
const maxChars = 60
const maxValueChars = 24

/** `{ id m6925, venue west, 1 more }`, `[ 1, 2, 98 more ]`; of a list of objects or lists `[ 3 items ]`. */
export function foldedWords(node: JsonNode): string {
  const [begin, end] = node.kind === 'object' ? ['{', '}'] : ['[', ']']
  return `${begin} ${innerWords(node)} ${end}`
}

function innerWords(node: JsonNode): string {
  const { kind, count } = node
  const told: string[] = []
  let chars = 0
  for (const child of node.children()) {
    const words = valueWords(child)
    if (told.length === maxValues || chars + words.length > maxChars) break
    // What is in the first of a list says little of the others.
    if (kind === 'array' && child.count > 0) break
    told.push(words)
    chars += words.length + 2
  }
  const noun = kind === 'array' ? 'item' : 'key'
  if (told.length === 0) return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
  const rest = count - told.length
  return [...told, ...(rest > 0 ? [`${formatCount(rest)} more`] : [])].join(', ')
}

function valueWords(node: JsonNode): string {
  const { key, kind, count } = node
  const name = key === null ? '' : `${cutText(key.slice(1, -1), maxValueChars)} `
  if (kind === 'object') return `${name}${count === 0 ? '{}' : '{…}'}`
  if (kind === 'array') return `${name}${count === 0 ? '[]' : '[…]'}`
  // A peer may send a string of many megabytes.
  const source = sourceStart(node)
  return `${name}${cutText(kind === 'string' ? source.replace(/^"|"$/g, '') : source, maxValueChars)}`
}

function sourceStart(node: JsonNode): string {
  return node.end - node.start > 1000 ? node.source.slice(0, 1000) : node.source
}
