// The field `stream` of SSE: what the answer's body is.

import type { StreamFormat } from '../../endpoint/endpoint.ts'
import { textOption } from '../shapes/fieldOption.ts'
import { choiceShape } from '../shapes/fieldShapes.ts'
import { propertyField } from '../shapes/profileField.ts'

const formats: readonly StreamFormat[] = [
  ...(['auto', 'sse', 'ndjson', 'json-seq', 'json-array', 'multipart', 'text'] as const),
]

export const streamField = propertyField('stream', {
  name: 'stream',
  methods: ['sse'],
  meaning:
    'What the answer’s body is: `sse`, `ndjson` (a JSON value on each line), `json-seq` (JSON text sequences, RFC 7464), `json-array` (the elements of one JSON array), `multipart` (parts between boundaries) or `text` (as it comes). Default: `auto`, by the content type.',
  ...choiceShape('stream', formats, 'auto', {
    auto: 'By the answer’s content type.',
    sse: 'Server-Sent Events.',
    ndjson: 'A JSON value on each line.',
    'json-seq': 'JSON text sequences (RFC 7464).',
    'json-array': 'The elements of one JSON array.',
    multipart: 'Parts between boundaries, as multipart/mixed has them.',
    text: 'Each piece of text as it comes.',
  }),
  options: [
    textOption(
      'stream',
      'format',
      'auto, sse, ndjson, json-seq, json-array, multipart or text (default: auto, by the content type)',
      ['stream'],
    ),
  ],
})
