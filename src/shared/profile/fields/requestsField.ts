// The field `requests`: companion requests that a profile keeps by name.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and snippets as profiles and editors have them

import { checkSavedRequest } from '../../endpoint/checks/checkSaved.ts'
import type { SavedRequest } from '../../endpoint/endpoint.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { propertyField } from '../shapes/profileField.ts'
import {
  headersSchema,
  objectSchema,
  openText,
  requestMethodSchema,
} from '../shapes/schemaShapes.ts'
import type { MapText } from '../shapes/textRole.ts'
import { formatPairs, mapPairs, readHeaders } from './namedValuesField.ts'
import { defaultRequest } from './requestFields.ts'
import { readName, savedNameSchema } from './savedName.ts'

const requestParts = {
  name: savedNameSchema('requests'),
  request: {
    ...requestMethodSchema,
    description: 'HTTP request method. GET when left out; POST when there is a body.',
    not: { pattern: '^[Cc][Oo][Nn][Nn][Ee][Cc][Tt]$' },
  },
  url: {
    type: 'string',
    pattern: `^(?:[Hh][Tt][Tt][Pp][Ss]?://[^\\s/?#]\\S*|(?![A-Za-z][A-Za-z0-9+.-]*:)\\S+|${openText})$`,
    patternErrorMessage:
      'Write a path on the endpoint’s server, such as /publish, or a whole http or https URL.',
    description: 'A path on the endpoint’s server, or a whole URL.',
  },
  headers: {
    ...headersSchema,
    description:
      'Request headers. A list as the value sends the header several times. Keep tokens out of the file: "Bearer ${secret:name}".',
  },
  body: {
    description:
      'Text as it is, any other JSON value as JSON with the content type application/json.',
  },
}

export const requestsField = propertyField('requests', {
  name: 'requests',
  meaning:
    'Requests to send beside the stream, by name, and to see in the same timeline: `[{ "name": "Publish", "request": "POST", "url": "/publish", "headers": {}, "body": {} }]`. Only `name` and `url` are needed; the URL may be a path on the endpoint’s server. They do not carry the profile’s `headers` and `auth`.',
  schema: {
    type: 'array',
    items: objectSchema(requestParts, {
      required: ['name', 'url'],
      defaultSnippets: [
        { label: 'A request', body: { name: '${1:Publish}', url: '${2:/publish}', body: {} } },
      ],
    }),
  },
  neutral: [],
  read: readRequests,
  format: (requests) => (requests.length > 0 ? requests.map(formatRequest) : undefined),
  mapText: (requests, map) =>
    requests.map((request, i) => mapRequest(request, `requests[${i}]`, map)),
  check({ requests }, { open, report }) {
    for (const [i, saved] of requests.entries()) {
      checkSavedRequest(saved, `requests[${i}]`, open, report)
    }
  },
})

/** Names are there and different; a request with a problem is left out. */
function readRequests(read: FieldReader): readonly SavedRequest[] {
  const example = '{ "name": "Publish", "url": "/publish", "body": { "text": "hello" } }'
  return read.objects('requests', example).flatMap((entry, i, all) => {
    if (!entry) return []
    entry.reportUnknown(Object.keys(requestParts), 'A request')
    const name = readName(entry, all.slice(0, i))
    const url = entry.text('url')
    if (!entry.has('url')) {
      entry.report('url', 'Add a "url": a path on the endpoint’s server, or a whole URL.')
    }
    const headers = readHeaders(entry)
    const body = entry.body('body')
    const request = entry.requestMethod('request') ?? defaultRequest(body !== null)
    return name !== null && url !== null ? [{ name, request, url, headers, body }] : []
  })
}

function formatRequest(saved: SavedRequest): Record<string, unknown> {
  const { name, request, url, body } = saved
  const headers = formatPairs(saved.headers)
  return {
    name,
    ...(request !== defaultRequest(body !== null) && { request }),
    url,
    ...(headers && { headers }),
    ...(body !== null && { body }),
  }
}

function mapRequest(request: SavedRequest, path: string, map: MapText): SavedRequest {
  return {
    ...request,
    request: map(request.request, `${path}.request`, { kind: 'plain' }),
    url: map(request.url, `${path}.url`, { kind: 'url', as: 'request' }),
    headers: mapPairs(request.headers, `${path}.headers`, map, { kind: 'header' }),
    body: request.body === null ? null : map(request.body, `${path}.body`, { kind: 'body' }),
  }
}
