// The field `decode`: which application protocol the messages are decoded as.

import { sessionMethods } from '../../endpoint/methods.ts'
import { protocolName, protocolNames } from '../../frame/protocolName.ts'
import { textOption } from '../shapes/fieldOption.ts'
import { choiceShape } from '../shapes/fieldShapes.ts'
import { propertyField } from '../shapes/profileField.ts'

export const decodeField = propertyField('decode', {
  name: 'decode',
  methods: sessionMethods,
  meaning:
    'The application protocol that messages are decoded as: `off` for none, or the name of one in protocols.md. Default: `auto`, by what crosses the wire.',
  ...choiceShape('decode', ['auto', 'off', ...protocolNames], 'auto', {
    auto: 'By what crosses the wire.',
    off: 'As no protocol.',
    ...Object.fromEntries(protocolNames.map((name) => [name, `${protocolName(name)}.`])),
  }),
  options: [
    textOption(
      'decode',
      'protocol',
      'the application protocol that messages are decoded as: auto (the default), off, or a name such as json-rpc',
      ['decode'],
    ),
  ],
})
