// The field `pair`: how messages in JSON of no known protocol answer each other.

import type { PairPaths } from '../../endpoint/endpoint.ts'
import { sessionMethods } from '../../endpoint/methods.ts'
import { onePlacePattern, parseOnePlace } from '../../text/jsonPath.ts'
import { textOption } from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { propertyField } from '../shapes/profileField.ts'
import { objectSchema, openPattern, type Schema } from '../shapes/schemaShapes.ts'

const example = '{ "request": "id", "reply": "replyTo" }'

const placeSchema = (description: string): Schema => ({
  type: 'string',
  pattern: openPattern(onePlacePattern),
  patternErrorMessage: 'Write a path to one place, such as id or header.id.',
  description,
})

export const pairField = propertyField('pair', {
  name: 'pair',
  methods: sessionMethods,
  meaning:
    'Paths into JSON by which messages of no known protocol are pairs: `request`, where one that asks has its id; `reply`, where the answer has it; `name`, what the question is called.',
  schema: objectSchema(
    {
      request: placeSchema('Where a message that asks has its id, such as id.'),
      reply: placeSchema('Where the answer has that id, such as replyTo.'),
      name: placeSchema('What a message is called, such as method.'),
    },
    {
      required: ['request', 'reply'],
      defaultSnippets: [{ label: 'By an id', body: JSON.parse(example) }],
    },
  ),
  neutral: null,
  read: readPair,
  mapText: (pair, map) =>
    pair && {
      request: map(pair.request, 'pair.request', { kind: 'plain' }),
      reply: map(pair.reply, 'pair.reply', { kind: 'plain' }),
      ...(pair.name !== undefined && { name: map(pair.name, 'pair.name', { kind: 'plain' }) }),
    },
  check({ pair }, { open, report }) {
    for (const [part, path] of Object.entries(pair ?? {})) {
      if (!open(path) && parseOnePlace(path) === null)
        report(`pair.${part}`, 'Write a path to one place, such as "id" or "header.id".')
    }
  },
  options: [
    textOption('pair-request', 'path', 'where a message that asks has its id, as in id', [
      'pair',
      'request',
    ]),
    textOption('pair-reply', 'path', 'where the answer has that id, as in replyTo', [
      'pair',
      'reply',
    ]),
    textOption('pair-name', 'path', 'what a message is called, as in method', ['pair', 'name']),
  ],
  isMerged: true,
})

function readPair(read: FieldReader): PairPaths | null {
  const pair = read.object('pair', example)
  if (!pair) return null
  pair.reportUnknown(['request', 'reply', 'name'], 'A pair')
  const [request, reply, name] = [pair.text('request'), pair.text('reply'), pair.text('name')]
  if (request === null && !pair.has('request'))
    pair.report('request', 'Say where a message that asks has its id: "id".')
  if (reply === null && !pair.has('reply'))
    pair.report('reply', 'Say where the answer has that id: "replyTo".')
  if (request === null || reply === null) return null
  return { request, reply, ...(name !== null && { name }) }
}
