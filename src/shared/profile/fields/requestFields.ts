// The fields of the request that opens a connection: `request`, `headers`, `cookies`, `body`, `bodyFile`.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and snippets as profiles and editors have them

import { checkHeaderName } from '../../endpoint/checks/checkHeaderName.ts'
import type { Endpoint } from '../../endpoint/endpoint.ts'
import { checkFieldValue, isToken } from '../../endpoint/httpSyntax.ts'
import { httpMethods, methods } from '../../endpoint/methods.ts'
import {
  fileOption,
  flagOption,
  orEmpty,
  pairOption,
  splitPair,
  textOption,
} from '../shapes/fieldOption.ts'
import { fileShape, flagShape } from '../shapes/fieldShapes.ts'
import { propertyField } from '../shapes/profileField.ts'
import { headersSchema, ifSchema, requestMethodSchema } from '../shapes/schemaShapes.ts'
import { formatPairs, mapPairs, readHeaders } from './namedValuesField.ts'

export const requestField = propertyField('request', {
  name: 'request',
  methods: httpMethods,
  meaning: 'The request method. Default: `GET`, with a body `POST`.',
  schema: requestMethodSchema,
  neutral: 'GET',
  // A WebSocket opens with GET, so writing that down is no mistake.
  elsewhere: 'GET',
  read(read, { method }) {
    const hasBody = (read.value('body') ?? read.value('bodyFile') ?? null) !== null
    // A body for another method is a mistake of its own.
    const isHttp = method === null || methods[method].scheme === 'http'
    return read.requestMethod('request') ?? defaultRequest(hasBody && isHttp)
  },
  format(request, { body, bodyFile }) {
    const usual = defaultRequest(body !== null || bodyFile !== null)
    return request === usual ? undefined : request
  },
  mapText: (request, map) => map(request, 'request', { kind: 'plain' }),
  check(endpoint, { open, report }) {
    if (!open(endpoint.request)) report('request', checkRequest(endpoint))
  },
  options: [
    textOption('request', 'method', 'the HTTP request method (default: GET, with a body POST)', [
      'request',
    ]),
  ],
  methodSchema: (method) =>
    methods[method].scheme === 'ws'
      ? { const: 'GET', errorMessage: 'A WebSocket always opens with GET. Remove this field.' }
      : null,
})

/** A body is posted unless the user says otherwise. */
export function defaultRequest(hasBody: boolean): string {
  return hasBody ? 'POST' : 'GET'
}

function checkRequest({ request, method }: Endpoint): string | null {
  if (!isToken(request)) return 'Write an HTTP request method such as GET or POST.'
  // [rfc6455] 4.1: the method of the opening handshake is GET.
  if (methods[method].scheme === 'ws' && request !== 'GET') {
    return 'Remove the request method: a WebSocket always opens with GET.'
  }
  return request.toUpperCase() === 'CONNECT'
    ? 'Use another request method: CONNECT asks for a tunnel, which has no answer to watch.'
    : null
}

export const headersField = propertyField('headers', {
  name: 'headers',
  meaning:
    '`{ "Name": "value" }`; a list as the value sends the header several times. What frames a message (`Content-Length`, `Upgrade`, `Sec-WebSocket-…`) is set by Lifeline. Keep tokens out of the file: `Bearer ${secret:name}`.',
  schema: headersSchema,
  neutral: [],
  read: readHeaders,
  format: formatPairs,
  mapText: (pairs, map) => mapPairs(pairs, 'headers', map, { kind: 'header' }),
  check(endpoint, { open, report }) {
    for (const [name, value] of endpoint.headers) {
      const path = `headers.${name}`
      if (!open(name)) report(path, checkHeaderName(endpoint, name))
      if (!open(value)) report(path, checkFieldValue(value))
    }
  },
  options: [
    {
      ...pairOption(
        'header',
        "'N: value'",
        'a request header; may be repeated',
        'headers',
        readHeader,
        "Write the header after -H as 'Name: value', with a colon.",
      ),
      short: 'H',
    },
  ],
  isMerged: true,
})

function readHeader(written: string): readonly [string, string] | null {
  const found = splitPair(written, ':')
  return found && [found[0].trim(), found[1].trim()]
}

export const cookiesField = propertyField('cookies', {
  name: 'cookies',
  meaning:
    '`false` keeps no cookies. Otherwise those that answers set go into the session’s next requests to the same host. Default: `true`.',
  ...flagShape('cookies', true),
  options: [
    flagOption('no-cookies', 'send none of the cookies that answers set', ['cookies'], false),
  ],
})

export const bodyField = propertyField('body', {
  name: 'body',
  methods: httpMethods,
  meaning:
    'Text is sent as it is. Any other JSON value is sent as JSON, with `Content-Type: application/json` unless `headers` name another.',
  schema: {},
  insteadOf: 'bodyFile',
  neutral: null,
  read: (read) => read.body('body'),
  mapText: (body, map) => (body === null ? null : map(body, 'body', { kind: 'body' })),
  options: [orEmpty(textOption('body', 'text', 'the HTTP request’s body', ['body']))],
})

export const bodyFileField = propertyField('bodyFile', {
  name: 'bodyFile',
  methods: httpMethods,
  meaning: 'A file whose bytes are the body, read anew for each request; instead of `body`.',
  ...fileShape('bodyFile'),
  insteadOf: 'body',
  check({ body, bodyFile }, { report }) {
    if (body === null || bodyFile === null) return
    report('bodyFile', 'Remove "body" or "bodyFile": a request has one body.')
  },
  options: [fileOption('body-file', 'the same from a file', ['bodyFile'])],
  entrySchemas: [
    ifSchema(
      { required: ['body', 'bodyFile'], properties: { body: { not: { type: 'null' } } } },
      { properties: { bodyFile: false } },
    ),
  ],
})
