// The field `cursor` of long polling: what of an answer goes into the next request.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and snippets as profiles and editors have them

import {
  formatCursor,
  parseCursorSource,
  parseCursorTarget,
  stepPattern,
} from '../../endpoint/cursor.ts'
import type { CursorSource, CursorTarget, Endpoint } from '../../endpoint/endpoint.ts'
import { isToken, tokenPattern } from '../../endpoint/httpSyntax.ts'
import type { Report } from '../../endpoint/problem.ts'
import { isNamesPath, namesPattern, onePlacePattern, parseOnePlace } from '../../text/jsonPath.ts'
import { textOption } from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { propertyField } from '../shapes/profileField.ts'
import { objectSchema, openText, type Schema, whenSchema } from '../shapes/schemaShapes.ts'

const validatorsGoBack = 'Remove "to": validators go back as If-Modified-Since and If-None-Match.'

const fromSchema: Schema = {
  type: 'string',
  pattern: `^(?:validators|(?:json|header|link):${openText}|(?:json:${onePlacePattern}|header:${tokenPattern})(?:${stepPattern})?|link:${tokenPattern})$`,
  patternErrorMessage:
    'Write json: and a path, as in json:items[0].id, header: and a name, link:next, or validators.',
  description:
    'Where the cursor is in the answer: json:items[0].id, header:X-Cursor, link:next for a URL in the header Link, or validators for Last-Modified and ETag. A step may follow: json:items[-1].id + 1.',
  examples: ['json:cursor', 'json:items[-1].id + 1', 'header:X-Cursor', 'link:next', 'validators'],
}

const toSchema: Schema = {
  type: 'string',
  pattern: `^(?:validators|url|(?:body|header|query):${openText}|body:${namesPattern}|query:[^\\s]+|header:${tokenPattern})$`,
  patternErrorMessage:
    'Write query: and a parameter’s name, header: and a name, body: and a path, or url.',
  description:
    'Where the cursor goes in the next request: query:since, header:X-Since or body:since; url where it is the next URL.',
  examples: ['query:since', 'header:X-Since', 'body:since', 'url'],
}

export const cursorField = propertyField('cursor', {
  name: 'cursor',
  methods: ['long-polling'],
  meaning:
    'Carries a value from each answer into the next request, so that nothing is missed in between.',
  section: 'Cursor',
  schema: objectSchema(
    { from: fromSchema, to: toSchema },
    {
      required: ['from'],
      defaultSnippets: [
        {
          label: 'From JSON into the query',
          body: { from: 'json:${1:cursor}', to: 'query:${2:since}' },
        },
        {
          label: 'From a header into a header',
          body: { from: 'header:${1:X-Cursor}', to: 'header:${2:X-Since}' },
        },
        { label: 'The next URL', body: { from: 'json:${1:next_url}', to: 'url' } },
        { label: 'Last-Modified and ETag', body: { from: 'validators' } },
      ],
      ...whenSchema(
        'from',
        'validators',
        { properties: { to: { const: 'validators', errorMessage: validatorsGoBack } } },
        { required: ['to'], properties: { to: { not: { const: 'validators' } } } },
      ),
    },
  ),
  neutral: null,
  read: readCursor,
  format: (cursor) => (cursor ? formatCursor(cursor) : undefined),
  mapText: (cursor, map) =>
    cursor && {
      from: mapPlace(cursor.from, (text) => map(text, 'cursor.from', { kind: 'plain' })),
      to: mapPlace(cursor.to, (text) => map(text, 'cursor.to', { kind: 'plain' })),
    },
  check({ cursor }, { stage, report }) {
    if (stage === 'resolved' && cursor) checkNames(cursor, report)
  },
  options: [
    textOption(
      'cursor-from',
      'source',
      'header:<Name> or json:<path>, where an answer has its cursor, and perhaps a step, as in "json:id + 1"; link:next; or validators, for Last-Modified and ETag',
      ['cursor', 'from'],
      ['cursor'],
    ),
    textOption(
      'cursor-to',
      'target',
      'query:<name>, header:<Name> or body:<path>, where the next request has it; or url, where it is the next URL',
      ['cursor', 'to'],
    ),
  ],
  isMerged: true,
})

function readCursor(read: FieldReader): Endpoint['cursor'] {
  const cursor = read.object('cursor', '{ "from": "json:next", "to": "query:since" }')
  if (!cursor) return null
  cursor.reportUnknown(['from', 'to'], 'A cursor')
  const from = parseCursorSource(cursor.value('from'))
  if (!from) {
    cursor.report(
      'from',
      'Say where the cursor is in the answer: "json:items[0].id", "json:items[-1].id + 1", "header:X-Cursor", "link:next" or "validators".',
    )
  }
  if (from?.kind === 'validators') {
    // If-Modified-Since and If-None-Match carry them back: there is nothing to choose.
    if (!cursor.has('to') || cursor.value('to') === 'validators') return { from, to: from }
    cursor.report('to', validatorsGoBack)
    return null
  }
  const to = parseCursorTarget(cursor.value('to'))
  if (!to) {
    cursor.report(
      'to',
      'Say where the cursor goes in the next request: "query:since", "header:X-Since", "body:since" or "url".',
    )
  }
  return from && to && { from, to }
}

function mapPlace<T extends CursorSource | CursorTarget>(
  place: T,
  map: (text: string) => string,
): T {
  if ('path' in place) return { ...place, path: map(place.path) }
  if ('rel' in place) return { ...place, rel: map(place.rel) }
  return 'name' in place ? { ...place, name: map(place.name) } : place
}

function checkNames({ from, to }: NonNullable<Endpoint['cursor']>, report: Report): void {
  const empty = 'Name a header, a query parameter or a JSON path after the colon.'
  const isNamed = (place: CursorSource | CursorTarget) => {
    if (place.kind === 'header') return isToken(place.name)
    if (place.kind === 'query') return place.name !== ''
    if (place.kind === 'body') return isNamesPath(place.path)
    if (place.kind === 'link') return isToken(place.rel)
    return place.kind === 'validators' || place.kind === 'url' || parseOnePlace(place.path) !== null
  }
  if (!isNamed(from)) report('cursor.from', empty)
  if (!isNamed(to)) report('cursor.to', empty)
}
