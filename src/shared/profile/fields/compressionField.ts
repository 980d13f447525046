// The field `compression`: how permessage-deflate is offered.

import type { Compression } from '../../endpoint/endpoint.ts'
import { isRecord } from '../../unknown.ts'
import { flagOption } from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { propertyField } from '../shapes/profileField.ts'
import { objectSchema } from '../shapes/schemaShapes.ts'
import { changedFrom } from './changedFrom.ts'

/** permessage-deflate as every browser offers it. */
export const neutralCompression: Compression = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: null,
  clientMaxWindowBits: null,
}

// [rfc7692] 7.1.2
const leastBits = 8
const mostBits = 15

const bits = (description: string) => {
  return { type: 'integer', minimum: leastBits, maximum: mostBits, description }
}

export const compressionField = propertyField('compression', {
  name: 'compression',
  methods: ['websocket'],
  meaning:
    '`true` (default) offers `permessage-deflate` as browsers do, `false` does not. `{ "serverNoContextTakeover": true, "clientNoContextTakeover": true, "serverMaxWindowBits": 10, "clientMaxWindowBits": 10 }` offers it with these parameters; each may be left out, the bits are 8 to 15.',
  schema: {
    anyOf: [
      { type: 'boolean' },
      objectSchema({
        serverNoContextTakeover: {
          type: 'boolean',
          description: 'Asks the server to compress each message by itself.',
        },
        clientNoContextTakeover: {
          type: 'boolean',
          description: 'Says that each message from here is compressed by itself.',
        },
        serverMaxWindowBits: bits('Asks the server for a window of at most 2 to this power bytes.'),
        clientMaxWindowBits: bits('Says that windows from here are at most 2 to this power bytes.'),
      }),
    ],
  },
  neutral: neutralCompression,
  read: readCompression,
  format: (parameters) =>
    parameters === null ? false : changedFrom(neutralCompression, parameters),
  options: [
    flagOption('no-compression', 'do not offer permessage-deflate', ['compression'], false),
  ],
})

function readCompression(read: FieldReader): Compression | null {
  const value = read.value('compression')
  if (value === undefined || value === true) return neutralCompression
  if (value === false) return null
  if (!isRecord(value)) {
    read.report(
      'compression',
      'Write "compression" as true, false or { "clientMaxWindowBits": 10 }.',
    )
    return null
  }
  const parts = read.object('compression', '')
  if (!parts) return null
  parts.reportUnknown(Object.keys(neutralCompression), '"compression"')
  return {
    serverNoContextTakeover: parts.flag('serverNoContextTakeover'),
    clientNoContextTakeover: parts.flag('clientNoContextTakeover'),
    serverMaxWindowBits: parts.number('serverMaxWindowBits', leastBits, mostBits, true),
    clientMaxWindowBits: parts.number('clientMaxWindowBits', leastBits, mostBits, true),
  }
}
