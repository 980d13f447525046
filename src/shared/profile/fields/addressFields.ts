// The fields that say where to connect and how: `url`, `method`, `query`.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and snippets as profiles and editors have them

import {
  checkResolvedUrl,
  checkScheme,
  checkUrl,
  proposeMethod,
} from '../../endpoint/checks/checkUrl.ts'
import type { Method } from '../../endpoint/endpoint.ts'
import {
  allMethods,
  isClientMethod,
  methodChoices,
  methods,
  plainMethod,
  sessionMethods,
} from '../../endpoint/methods.ts'
import { pairOption, splitPair, textOption } from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { type ProfileField, propertyField } from '../shapes/profileField.ts'
import { pairsSchema, referenceStart } from '../shapes/schemaShapes.ts'
import { formatPairs, mapPairs } from './namedValuesField.ts'

const webSocketUrl = '^[Ww][Ss](?:[Ss]?://|\\+[Uu])'

export const urlField: ProfileField<'url', never> = {
  name: 'url',
  methods: sessionMethods,
  meaning:
    'An absolute `http`, `https`, `ws` or `wss` URL, or `unix:/path/to.sock:/path?query` for a server on a Unix socket. May hold `${…}` references, as every text in a profile may.',
  schema: {
    type: 'string',
    pattern: `^(?:(?:[Hh][Tt][Tt][Pp]|[Ww][Ss])[Ss]?://[^\\s/?#]|(?:[Ww][Ss]\\+)?[Uu][Nn][Ii][Xx]:(?://)?(?:/|\\$\\{[^{}]+\\})|${referenceStart})`,
    patternErrorMessage:
      'Start the URL with http://, https://, ws:// or wss://, then name the host; or with unix:, then name the socket.',
  },
  neutral: {},
  read(read) {
    if (!read.has('url')) read.report('url', 'Add a "url", for example "wss://example.com/feed".')
    return { url: read.text('url') ?? '' }
  },
  format: ({ url }) => url,
  mapText: ({ url }, map) => ({ url: map(url, 'url', { kind: 'url', as: 'url' }) }),
  check({ url, method }, { stage, report }) {
    report('url', stage === 'resolved' ? checkResolvedUrl(url) : checkUrl(url))
    report('url', checkScheme(url, method))
  },
  methodSchema(method) {
    const { scheme, anyScheme } = methods[method]
    if (anyScheme) {
      return {
        not: { pattern: '^(?:[Ww][Ss]\\+)?[Uu][Nn][Ii][Xx]:|^[A-Za-z]+://[^/?#]*@' },
        errorMessage: 'A tap takes http, https, ws and wss URLs without a user name.',
      }
    }
    return scheme === 'ws'
      ? {
          not: { pattern: '^[Hh][Tt][Tt][Pp][Ss]?://' },
          errorMessage: 'The method is websocket: start the URL with ws:// or wss://.',
        }
      : {
          not: { pattern: webSocketUrl },
          errorMessage: 'A ws:// or wss:// URL is watched with the method websocket.',
        }
  },
}

/** What the schema says of an entry whose URL tells the method. */
export const webSocketUrlSchema = {
  properties: { url: { type: 'string', pattern: webSocketUrl } },
  required: ['url'],
}

export const methodField: ProfileField<'method', never> = {
  name: 'method',
  meaning:
    'How to watch it: `polling`, `long-polling`, `sse` or `websocket`. May be left out for `ws` and `wss` URLs.',
  schema: {
    enum: allMethods,
    enumDescriptions: allMethods.map((method) => {
      const { label, line } = methods[method]
      return `${label}. ${line}.`
    }),
  },
  neutral: {},
  read: (_read, { method }) => ({ method: method ?? plainMethod }),
  format: ({ method }) => method,
  options: [
    textOption(
      'method',
      'method',
      `${methodChoices}; ws: and wss: URLs are websocket by themselves`,
      ['method'],
    ),
  ],
}

/** The method that the entry names or its URL tells; null, and reported, where there is none. */
export function readMethod(read: FieldReader): Method | null {
  const choices = allMethods.map((name) => `"${name}"`).join(', ')
  if (read.has('tap')) {
    if (read.has('method')) {
      read.report(
        'method',
        'Remove "method", or "tap": what passes a tap has the methods of your program.',
      )
    }
    return 'tap'
  }
  const written = read.text('method')
  if (written !== null) {
    if (isClientMethod(written)) return written
    read.report('method', `Change the method to one of ${choices}.`)
    return null
  }
  const url = read.value('url')
  const proposed = typeof url === 'string' ? proposeMethod(url) : null
  if (!proposed && !read.has('method')) {
    read.report('method', `Add a "method", one of ${choices}, to say how to watch the URL.`)
  }
  return proposed
}

const queryValueSchema = { type: ['string', 'number', 'boolean'] }

export const queryField = propertyField('query', {
  name: 'query',
  meaning:
    '`{ "name": "value" }`, added to what the URL has; a list as the value adds the parameter several times. Values are encoded for you. Numbers and truth values need no quotes.',
  schema: pairsSchema({ minLength: 1 }, queryValueSchema),
  neutral: [],
  read: (read) => read.query('query'),
  format: formatPairs,
  mapText: (pairs, map) => mapPairs(pairs, 'query', map, { kind: 'plain' }),
  check({ query }, { report }) {
    for (const [name] of query) {
      if (name === '') report('query.', 'Name the query parameter before the colon.')
    }
  },
  options: [
    pairOption(
      'query',
      "'name=value'",
      'added to the URL’s query; may be repeated',
      'query',
      (written) => splitPair(written, '='),
      "Write the query parameter after --query as 'name=value'.",
    ),
  ],
  isMerged: true,
})
