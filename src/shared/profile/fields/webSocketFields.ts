// Fields of WebSockets that have one value: `subprotocols`, `autoPong`, `pingInterval`.

import { isToken } from '../../endpoint/httpSyntax.ts'
import { flagOption, itemOption, textOption } from '../shapes/fieldOption.ts'
import { durationShape, flagShape } from '../shapes/fieldShapes.ts'
import { propertyField } from '../shapes/profileField.ts'
import { tokenOrOpen } from '../shapes/schemaShapes.ts'

export const subprotocolsField = propertyField('subprotocols', {
  name: 'subprotocols',
  methods: ['websocket'],
  meaning: 'Subprotocols to offer, in order of preference.',
  schema: {
    type: 'array',
    items: {
      type: 'string',
      pattern: tokenOrOpen,
      patternErrorMessage:
        'Write letters, digits and characters such as . - _, no spaces or commas.',
      description: 'A subprotocol, such as graphql-transport-ws.',
    },
    uniqueItems: true,
  },
  neutral: [],
  read: (read) => read.texts('subprotocols'),
  format: (names) => (names.length > 0 ? names : undefined),
  mapText: (names, map) =>
    names.map((name, i) => map(name, `subprotocols[${i}]`, { kind: 'header' })),
  check({ subprotocols }, { open, report }) {
    subprotocols.forEach((name, i, all) => {
      if (!open(name)) report(`subprotocols[${i}]`, checkSubprotocol(name, all.indexOf(name) < i))
    })
  },
  options: [
    itemOption('subprotocol', 'name', 'a subprotocol to offer; may be repeated', ['subprotocols']),
  ],
})

function checkSubprotocol(name: string, seenBefore: boolean): string | null {
  // [rfc6455] 4.1: each is a token, and all are unique.
  if (!isToken(name)) {
    return 'Correct the subprotocol: letters, digits and characters such as . - _, no spaces or commas.'
  }
  return seenBefore
    ? 'Remove the subprotocol that stands further up: each may be offered once.'
    : null
}

export const autoPongField = propertyField('autoPong', {
  name: 'autoPong',
  methods: ['websocket'],
  meaning:
    '`false` leaves the server’s pings unanswered, to see what it does then. Default: `true`.',
  ...flagShape('autoPong', true),
  options: [flagOption('no-auto-pong', 'leave pings unanswered', ['autoPong'], false)],
})

export const pingIntervalField = propertyField('pingIntervalMs', {
  name: 'pingInterval',
  methods: ['websocket'],
  meaning:
    'Time between pings of Lifeline’s own, which measure the round trip and find a peer that is gone. Default: none.',
  ...durationShape('pingInterval', '10s', '30s'),
  options: [
    textOption(
      'ping-interval',
      'duration',
      'ping so often, to measure the round trip and find a peer that is gone',
      ['pingInterval'],
    ),
  ],
})
