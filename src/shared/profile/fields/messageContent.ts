// The content of a WebSocket message in a profile: read, written, and as schema.

import type { MessageContent, SavedMessage } from '../../endpoint/endpoint.ts'
import { isRecord } from '../../unknown.ts'
import { createFieldReader, type FieldReader } from '../shapes/fieldReader.ts'
import { ifSchema, type Schema } from '../shapes/schemaShapes.ts'
import type { MapText, TextRole } from '../shapes/textRole.ts'

export const contentFields = ['text', 'json', 'hex', 'base64', 'file'] as const

/** What says by its name alone that an object is a message's content and no JSON to send. */
const contentMarks: readonly string[] = ['json', 'hex', 'base64', 'file']

/** Of a saved message, which names its content. Null, with a report, where it has no content or several. */
export function readContent(entry: FieldReader): MessageContent | null {
  const [field, other] = contentFields.filter((name) => entry.has(name))
  if (field === undefined) {
    entry.report('', `Say what to send in one of ${contentFields.join(', ')}.`)
    return null
  }
  if (other !== undefined) {
    entry.report(other, `Remove "${other}" or "${field}": a message has one of them.`)
    return null
  }
  if (field === 'json') return { kind: 'text', value: JSON.stringify(entry.value('json')) }
  const value = entry.text(field)
  return value === null ? null : { kind: field, value }
}

/** A text, a saved message's name, a message's content, or any other object or list, sent as JSON. */
export function readSendable(
  read: FieldReader,
  path: string,
  value: unknown,
  saved: readonly SavedMessage[],
): MessageContent | null {
  if (typeof value === 'string') {
    const found = saved.find(({ name }) => name === value)
    return found ? { kind: found.kind, value: found.value } : { kind: 'text', value }
  }
  if (isContent(value)) {
    const content = createFieldReader({ [path]: value })?.object(path, '')
    const found = content ? readContent(content) : null
    for (const problem of content?.problems ?? []) read.report(problem.path, problem.message)
    return found
  }
  if (typeof value === 'object' && value !== null) {
    return { kind: 'text', value: JSON.stringify(value) }
  }
  read.report(path, 'Write the message as text in quotes, or as a JSON object or list.')
  return null
}

/**
 * `{ "hex": … }` and the like. `{ "text": … }` is not among them: it is what many servers take as JSON,
 * and a text needs no object.
 */
function isContent(value: unknown): boolean {
  if (!isRecord(value)) return false
  const [field, ...others] = Object.keys(value)
  return others.length === 0 && contentMarks.includes(field ?? '')
}

/** A saved message goes by its name. */
export function formatSendable(message: MessageContent, saved: readonly SavedMessage[]): unknown {
  const { kind, value } = message
  const found = saved.find((other) => other.kind === kind && other.value === value)
  if (found) return found.name
  return kind === 'text' ? value : { [kind]: value }
}

/** A text stands by itself in `send` and `repeat`; other content is named by its kind. */
export function mapSendable(message: MessageContent, path: string, map: MapText): MessageContent {
  const { kind, value } = message
  return { kind, value: map(value, kind === 'text' ? path : `${path}.${kind}`, contentRole(kind)) }
}

export function contentRole(kind: MessageContent['kind']): TextRole {
  return { kind: kind === 'text' ? 'body' : kind === 'file' ? 'file' : 'bytes' }
}

const contentSchemas = Object.fromEntries(
  ['hex', 'base64', 'file'].map((name) => [name, { $ref: `#/definitions/${name}` }]),
)

export const savedContentSchema: Schema = {
  text: { type: 'string', description: 'Text, sent as it is.' },
  json: { description: 'A JSON value, sent as text.' },
  ...contentSchemas,
}

export const sendableSchema: Schema = { $ref: '#/definitions/sent' }

/** What `savedContentSchema` and `sendableSchema` refer to. */
export const messageDefinitions: Schema = {
  hex: {
    type: 'string',
    pattern: '^(?:[\\s,:]*[0-9A-Fa-f][\\s,:]*[0-9A-Fa-f][\\s,:]*)*$|\\$\\{[^{}]+\\}',
    patternErrorMessage: 'Write pairs of hexadecimal digits, such as "01 ff".',
    description: 'Bytes in hexadecimal, sent as a binary message.',
  },
  base64: {
    type: 'string',
    pattern: '^[A-Za-z0-9+/_\\-\\s]*=?\\s*=?\\s*$|\\$\\{[^{}]+\\}',
    patternErrorMessage: 'Write base64, such as "AQID/w==".',
    description: 'Bytes in base64, sent as a binary message.',
  },
  file: {
    type: 'string',
    minLength: 1,
    description:
      'A file whose bytes are sent as a binary message. A relative path starts at the workspace folder.',
  },
  sent: {
    description:
      'A text, the name of a saved message, bytes as { "hex": … }, { "base64": … } or { "file": … }, or a JSON object or list.',
    ...ifSchema(
      {
        type: 'object',
        maxProperties: 1,
        anyOf: contentMarks.map((name) => ({ required: [name] })),
      },
      { properties: contentSchemas },
      { type: ['string', 'object', 'array'] },
    ),
  },
}
