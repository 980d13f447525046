// The field `protobuf`: of which types of Protocol Buffers the messages are.

import type { MessageTypes } from '../../endpoint/endpoint.ts'
import { sessionMethods } from '../../endpoint/methods.ts'
import { fileOption, textOption } from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { propertyField } from '../shapes/profileField.ts'
import { objectSchema, openPattern, type Schema } from '../shapes/schemaShapes.ts'

const example = '{ "descriptor": "api.binpb", "in": "shop.Event" }'

const typePattern = '[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*'

const typeSchema = (description: string): Schema => ({
  type: 'string',
  pattern: openPattern(`^${typePattern}$`),
  patternErrorMessage: 'Write the whole name of a message type, such as shop.v1.Event.',
  description,
})

export const protobufField = propertyField('protobuf', {
  name: 'protobuf',
  methods: sessionMethods,
  meaning:
    'Types of the messages in Protocol Buffers: `descriptor`, a file that `buf build -o api.binpb` or `protoc --include_imports --descriptor_set_out=api.binpb` writes; `in`, the type of what comes; `out`, of what goes. The capture keeps the descriptor.',
  note: 'A relative path starts at the workspace folder.',
  schema: objectSchema(
    {
      descriptor: {
        type: 'string',
        minLength: 1,
        description: 'A file with a descriptor set, such as api.binpb.',
      },
      in: typeSchema('The type of the messages that come, such as shop.v1.Event.'),
      out: typeSchema('The type of the messages that go.'),
    },
    {
      required: ['descriptor'],
      defaultSnippets: [{ label: 'By a descriptor', body: JSON.parse(example) }],
    },
  ),
  neutral: null,
  read: readTypes,
  // What the capture has of the file is no part of a profile.
  format: (types) => (types === null ? undefined : partsOf(types)),
  mapText: (types, map) =>
    types && {
      ...types,
      descriptor: map(types.descriptor, 'protobuf.descriptor', { kind: 'file' }),
      ...(types.in !== undefined && { in: map(types.in, 'protobuf.in', { kind: 'plain' }) }),
      ...(types.out !== undefined && { out: map(types.out, 'protobuf.out', { kind: 'plain' }) }),
    },
  check({ protobuf }, { open, report }) {
    if (protobuf === null) return
    const types = [protobuf.in, protobuf.out]
    if (types.every((type) => type === undefined)) {
      report(
        'protobuf',
        'Name the type of the messages that come ("in"), that go ("out"), or both.',
      )
    }
    for (const part of ['in', 'out'] as const) {
      const type = protobuf[part]
      if (type === undefined || open(type) || new RegExp(`^${typePattern}$`).test(type)) continue
      report(`protobuf.${part}`, 'Write the whole name of a message type, such as "shop.v1.Event".')
    }
  },
  options: [
    fileOption('protobuf', 'a descriptor set of Protocol Buffers, by which messages are read', [
      'protobuf',
      'descriptor',
    ]),
    textOption('protobuf-in', 'type', 'the type of the messages that come, as in shop.v1.Event', [
      'protobuf',
      'in',
    ]),
    textOption('protobuf-out', 'type', 'the same of the messages that go', ['protobuf', 'out']),
  ],
  isMerged: true,
})

function readTypes(read: FieldReader): MessageTypes | null {
  const types = read.object('protobuf', example)
  if (!types) return null
  types.reportUnknown(['descriptor', 'in', 'out'], 'The types')
  const descriptor = types.text('descriptor')
  if (descriptor === null && !types.has('descriptor'))
    types.report('descriptor', 'Name the file with the descriptor: "api.binpb".')
  if (descriptor === null) return null
  const [incoming, outgoing] = [types.text('in'), types.text('out')]
  return {
    descriptor,
    ...(incoming !== null && { in: incoming }),
    ...(outgoing !== null && { out: outgoing }),
  }
}

function partsOf({ descriptor, in: incoming, out }: MessageTypes): MessageTypes {
  return {
    descriptor,
    ...(incoming !== undefined && { in: incoming }),
    ...(out !== undefined && { out }),
  }
}
