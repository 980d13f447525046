// A shape as a TypeScript type.

import { visibleJson } from '../text/visibleText.ts'
import { presence, type ShapeNode } from './schema.ts'

const indent = '  '

/** `name`: the type's, whatever it is; it becomes an identifier. Ends with a line break. */
export function formatTypeScript(name: string, shape: ShapeNode): string {
  const written = typeOf(shape, '')
  const identifier = identifierOf(name)
  const isInterface = shape.members && written.startsWith('{')
  const told = isInterface
    ? `interface ${identifier} ${written}`
    : `type ${identifier} = ${written}`
  // Names and texts are a peer's: a character that is not seen has its code, in code as in JSON.
  return visibleJson(`export ${told}\n`)
}

/** `order.created` → `OrderCreated`; what holds no letter is a `Message`. */
export function identifierOf(name: string): string {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? []
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
  if (joined === '') return 'Message'
  return /^\p{L}/u.test(joined) ? joined : `Message${joined}`
}

function typeOf(node: ShapeNode, margin: string): string {
  const { kinds } = node
  const parts = [
    kinds.object === undefined ? null : objectType(node, margin),
    kinds.array === undefined ? null : listType(node, margin),
    kinds.string === undefined ? null : textType(node),
    kinds.number === undefined && kinds.integer === undefined ? null : 'number',
    kinds.boolean === undefined ? null : 'boolean',
    kinds.null === undefined ? null : 'null',
  ].filter((part) => part !== null)
  return parts.length === 0 ? 'unknown' : parts.join(' | ')
}

function textType({ values }: ShapeNode): string {
  return values ? values.map((value) => JSON.stringify(value)).join(' | ') : 'string'
}

function listType({ items }: ShapeNode, margin: string): string {
  if (!items) return 'unknown[]'
  const written = typeOf(items, margin)
  return / \| /.test(written) && !written.endsWith('}') ? `(${written})[]` : `${written}[]`
}

function objectType(node: ShapeNode, margin: string): string {
  const { members, mapped } = node
  const inner = margin + indent
  if (mapped) return `Record<string, ${typeOf(mapped, margin)}>`
  if (!members || members.length === 0) return 'Record<string, unknown>'
  const lines = members.map(({ name, node: member }) => {
    const mark = presence(node, member) === 1 ? '' : '?'
    const { format } = member
    const told = format === undefined ? '' : `${inner}/** ${format} */\n`
    return `${told}${inner}${keyOf(name)}${mark}: ${typeOf(member, inner)}\n`
  })
  return `{\n${lines.join('')}${margin}}`
}

function keyOf(name: string): string {
  return /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? name : JSON.stringify(name)
}
