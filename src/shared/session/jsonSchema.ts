// A shape as JSON Schema. [jsonschema] draft 2020-12

import { visibleJson } from '../text/visibleText.ts'
import { type JsonKind, jsonKinds, presence, type ShapeNode } from './schema.ts'

type Schema = { readonly [Name in string]?: unknown }

/** `title`: the type's name; `samples`: the messages that it was made of. As text, two spaces a level; what is not seen is escaped. */
export function formatJsonSchema(title: string, shape: ShapeNode, samples: number): string {
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title,
    $comment: `Inferred by Lifeline of ${samples === 1 ? 'one message' : `${samples} messages`}.`,
    ...schemaOf(shape),
  }
  return visibleJson(`${JSON.stringify(schema, null, 2)}\n`)
}

function schemaOf(node: ShapeNode): Schema {
  const { values, format, items } = node
  const kinds = jsonKinds.filter((kind) => isToldKind(kind, node))
  return {
    ...(kinds.length > 0 && { type: kinds.length === 1 ? kinds[0] : kinds }),
    ...(values && isTextOnly(kinds) && { enum: [...values, ...nullOf(kinds)] }),
    ...(format !== undefined && { format }),
    ...objectSchema(node),
    ...(items && { items: schemaOf(items) }),
  }
}

/** An integer is a number, too. */
function isToldKind(kind: JsonKind, { kinds }: ShapeNode): boolean {
  return kinds[kind] !== undefined && !(kind === 'integer' && kinds.number !== undefined)
}

/** An enum names every value. */
function isTextOnly(kinds: readonly JsonKind[]): boolean {
  return kinds.every((kind) => kind === 'string' || kind === 'null')
}

function nullOf(kinds: readonly JsonKind[]): readonly null[] {
  return kinds.includes('null') ? [null] : []
}

function objectSchema(node: ShapeNode): Schema {
  const { members, mapped } = node
  if (mapped) return { additionalProperties: schemaOf(mapped) }
  if (!members) return {}
  const required = members.filter(({ node: member }) => presence(node, member) === 1)
  return {
    // `Object.fromEntries` makes an own property of `__proto__`, too.
    properties: Object.fromEntries(members.map(({ name, node }) => [name, schemaOf(node)])),
    ...(required.length > 0 && { required: required.map(({ name }) => name) }),
  }
}
