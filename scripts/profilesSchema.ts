// The text of `media/lifeline.schema.json`: what a profiles file may hold, for editors.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and snippets as editors have them

import type { ClientMethod, Method } from '../src/shared/endpoint/endpoint.ts'
import { allMethods, methods } from '../src/shared/endpoint/methods.ts'
import { audienceOf } from '../src/shared/profile/audience.ts'
import { webSocketUrlSchema } from '../src/shared/profile/fields/addressFields.ts'
import { messageDefinitions } from '../src/shared/profile/fields/messageContent.ts'
import { isFor, nameField, profileFields } from '../src/shared/profile/profileFields.ts'
import { inputFields } from '../src/shared/profile/profiles.ts'
import type { FieldText } from '../src/shared/profile/shapes/profileField.ts'
import {
  describedSchemas,
  headerValueSchema,
  ifSchema,
  objectSchema,
  type Schema,
  whenSchema,
} from '../src/shared/profile/shapes/schemaShapes.ts'
import { formatJson } from './formatJson.ts'

export function profilesSchema(): string {
  const lists = {
    profiles: list('The saved endpoints. "Connect" above each one opens its timeline.', 'profile'),
    inputs: list(
      'What the user is asked for when a profile that names it connects: ${input:id}.',
      'input',
    ),
  }
  return formatJson({
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Lifeline profiles',
    description: 'Endpoints that Lifeline watches.',
    allowComments: true,
    allowTrailingCommas: true,
    ...objectSchema(lists),
    defaultSnippets: [
      {
        label: 'Profiles',
        description: 'A file with one profile',
        body: {
          profiles: [
            {
              name: '${1:My WebSocket}',
              url: '${2:ws://localhost:8080/ws}',
              method: 'websocket',
            },
          ],
        },
      },
    ],
    definitions: {
      profile: profileSchema(),
      headerValue: headerValueSchema,
      input: inputSchema(),
      ...messageDefinitions,
    },
  })
}

function list(description: string, definition: string): Schema {
  return { type: 'array', description, items: { $ref: `#/definitions/${definition}` } }
}

function profileSchema(): Schema {
  const fields = profileFields.map((field): FieldText => {
    const isForSome = !allMethods.every((method) => isFor(field, method))
    const audience = isForSome ? `${audienceOf(field.methods)} only: ` : ''
    return { ...field, meaning: audience + field.meaning }
  })
  const webSocket = forMethod('websocket')
  const schema = {
    description: 'An endpoint to watch, under a name.',
    ...objectSchema(describedSchemas([nameField, ...fields])),
    required: ['name', 'url'],
    allOf: [
      ...allMethods.map((method) => whenSchema('method', method, forMethod(method))),
      ifSchema(
        { required: ['tap'] },
        forMethod('tap'),
        // Without a method the URL tells it.
        ifSchema(webSocketUrlSchema, ifSchema({ not: { required: ['method'] } }, webSocket), {
          required: ['method'],
        }),
      ),
      ...profileFields.flatMap(({ entrySchemas = [] }) => entrySchemas),
    ],
    defaultSnippets: [...allMethods.map(snippet), tapSnippet()],
  }
  return inOrder(schema, [nameField.name, ...fields.map(({ name }) => name)])
}

/**
 * With the order of the fields, wherever the entry's properties are described: editors would propose them by their
 * names, `url` among the last.
 */
function inOrder(schema: Schema, order: readonly string[]): Schema {
  return Object.fromEntries(
    Object.entries(schema).map(([key, value]) => {
      if (key === 'properties') return [key, orderProperties(value as Schema, order)]
      if (key === 'allOf') return [key, (value as Schema[]).map((one) => inOrder(one, order))]
      const isPart = ['if', 'then', 'else', 'not'].includes(key) && typeof value === 'object'
      return [key, isPart ? inOrder(value as Schema, order) : value]
    }),
  )
}

function orderProperties(properties: Schema, order: readonly string[]): Schema {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      if (typeof schema !== 'object') return [name, schema]
      const suggestSortText = String(order.indexOf(name)).padStart(2, '0')
      return [name, { ...schema, suggestSortText }]
    }),
  )
}

/** What holds for an entry of this method alone. */
function forMethod(method: Method): Schema {
  const properties = profileFields.flatMap((field): readonly [string, unknown][] => {
    const own = field.methodSchema?.(method) ?? null
    if (own !== null) return [[field.name, own]]
    return isFor(field, method) ? [] : [[field.name, false]]
  })
  return { properties: Object.fromEntries(properties) }
}

/** What a new profile of this method has beside `method`. */
const snippetFields: Readonly<Record<ClientMethod, Schema>> = {
  polling: {
    name: '${1:My poll}',
    url: '${2:http://localhost:8080/status}',
    interval: '${3:2s}',
  },
  'long-polling': {
    name: '${1:My long poll}',
    url: '${2:http://localhost:8080/poll}',
    cursor: { from: 'json:${3:cursor}', to: 'query:${4:since}' },
  },
  sse: { name: '${1:My events}', url: '${2:http://localhost:8080/events}' },
  websocket: { name: '${1:My WebSocket}', url: '${2:ws://localhost:8080/ws}', send: ['$3'] },
}

function snippet(method: ClientMethod): Schema {
  const { label, line } = methods[method]
  const { name, url, ...rest } = snippetFields[method]
  return { label, description: line, body: { name, url, method, ...rest } }
}

function tapSnippet(): Schema {
  const { label, line } = methods.tap
  const body = { name: '${1:My server, tapped}', url: '${2:http://localhost:8080}', tap: {} }
  return { label, description: line, body }
}

function inputSchema(): Schema {
  return {
    ...objectSchema(describedSchemas(inputFields)),
    required: ['id'],
    defaultSnippets: [{ label: 'Input', body: { id: '${1:id}', description: '${2:Question}' } }],
  }
}
