// The fields of WebSocket messages: `send`, `repeat`, `messages`.

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references and snippets as profiles and editors have them

import { checkContent } from '../../endpoint/checks/checkSaved.ts'
import type { Endpoint, MessageContent, SavedMessage } from '../../endpoint/endpoint.ts'
import { defaultLimits } from '../../limits.ts'
import { formatDuration } from '../../text/duration.ts'
import { itemOption, orEmpty, textOption } from '../shapes/fieldOption.ts'
import type { FieldReader } from '../shapes/fieldReader.ts'
import { propertyField } from '../shapes/profileField.ts'
import { durationSchema, objectSchema, tooFastSchema } from '../shapes/schemaShapes.ts'
import {
  contentFields,
  contentRole,
  formatSendable,
  mapSendable,
  readContent,
  readSendable,
  savedContentSchema,
  sendableSchema,
} from './messageContent.ts'
import { readName, savedNameSchema } from './savedName.ts'

export const sendField = propertyField('send', {
  name: 'send',
  methods: ['websocket'],
  meaning:
    'Messages sent when the connection opens, each time it opens: texts, names of saved messages, `{ "hex": … }`, `{ "base64": … }` or `{ "file": … }` for bytes. Any other object or list is sent as JSON.',
  section: 'Messages',
  schema: { type: 'array', items: sendableSchema },
  neutral: [],
  read: (read, { messages }) => readSend(read, messages),
  format(send, { messages }) {
    return send.length > 0 ? send.map((message) => formatSendable(message, messages)) : undefined
  },
  mapText: (send, map) => send.map((message, i) => mapSendable(message, `send[${i}]`, map)),
  check({ send }, { open, report }) {
    for (const [i, content] of send.entries()) checkContent(content, `send[${i}]`, open, report)
  },
  options: [
    orEmpty(
      itemOption(
        'send',
        'text',
        'a message to send when it opens, or the name of a saved one; may be repeated, as may the next three',
        ['send'],
      ),
    ),
    orEmpty(itemOption('send-hex', 'digits', 'a binary message, in hexadecimal', ['send', 'hex'])),
    orEmpty(itemOption('send-base64', 'text', 'a binary message, in base64', ['send', 'base64'])),
    {
      ...itemOption('send-file', 'file', 'a binary message, from a file', ['send', 'file']),
      file: ['send', 'file'],
    },
  ],
})

function readSend(read: FieldReader, saved: readonly SavedMessage[]): readonly MessageContent[] {
  const value = read.value('send')
  if (value === undefined) return []
  if (!Array.isArray(value)) {
    read.report(
      'send',
      'Write "send" as a list of messages, for example ["hello", { "op": "subscribe" }].',
    )
    return []
  }
  return read
    .few('send', value)
    .flatMap((item: unknown, i) => readSendable(read, `send[${i}]`, item, saved) ?? [])
}

const { minIntervalMs } = defaultLimits

export const repeatField = propertyField('repeat', {
  name: 'repeat',
  methods: ['websocket'],
  meaning:
    '`{ "message": "ping", "every": "5s" }` sends a message again and again while the connection is open, the first time after that time. At least `100ms`. The message is written as in `send`.',
  schema: objectSchema(
    {
      message: { ...sendableSchema, description: 'What to send, written as in send.' },
      every: {
        description: 'The time between, at least 100ms.',
        ...durationSchema('5s', '30s'),
        not: tooFastSchema,
      },
    },
    {
      required: ['message', 'every'],
      defaultSnippets: [{ label: 'Every 5s', body: { message: '${1:ping}', every: '5s' } }],
    },
  ),
  neutral: null,
  read: (read, { messages }) => readRepeat(read, messages),
  format(repeat, { messages }) {
    if (repeat === null) return undefined
    const { message, everyMs } = repeat
    return { message: formatSendable(message, messages), every: formatDuration(everyMs) }
  },
  mapText: (repeat, map) =>
    repeat && { ...repeat, message: mapSendable(repeat.message, 'repeat.message', map) },
  check({ repeat }, { open, report }) {
    if (repeat) checkContent(repeat.message, 'repeat.message', open, report)
  },
  options: [
    orEmpty(
      textOption(
        'repeat',
        'text',
        'a message to send again and again',
        ['repeat', 'message'],
        ['repeat'],
      ),
    ),
    textOption('repeat-every', 'duration', 'the time between', ['repeat', 'every']),
  ],
  isMerged: true,
})

function readRepeat(read: FieldReader, saved: readonly SavedMessage[]): Endpoint['repeat'] {
  const repeat = read.object('repeat', '{ "message": "ping", "every": "5s" }')
  if (!repeat) return null
  repeat.reportUnknown(['message', 'every'], '"repeat"')
  if (!repeat.has('message')) repeat.report('message', 'Add the "message" to send again and again.')
  if (!repeat.has('every')) repeat.report('every', 'Add "every": the time between, such as "5s".')
  const written = repeat.value('message')
  const message = written === undefined ? null : readSendable(repeat, 'message', written, saved)
  const everyMs = repeat.duration('every')
  if (everyMs !== null && everyMs < minIntervalMs) {
    repeat.report('every', `Send it every ${minIntervalMs}ms or less often.`)
    return null
  }
  return message && everyMs !== null ? { message, everyMs } : null
}

const messageExample = '{ "name": "Subscribe", "json": { "op": "subscribe" } }'

export const messagesField = propertyField('messages', {
  name: 'messages',
  methods: ['websocket'],
  meaning: 'Messages to send by name.',
  section: 'Messages',
  schema: {
    type: 'array',
    items: objectSchema(
      { name: savedNameSchema('messages'), ...savedContentSchema },
      {
        required: ['name'],
        oneOf: contentFields.map((field) => ({ required: [field] })),
        defaultSnippets: [
          {
            label: 'JSON',
            body: { name: '${1:Subscribe}', json: { '${2:op}': '${3:subscribe}' } },
          },
          { label: 'Text', body: { name: '${1:Ping}', text: '${2:ping}' } },
          { label: 'Bytes', body: { name: '${1:Bytes}', hex: '${2:00 ff}' } },
        ],
      },
    ),
  },
  neutral: [],
  read: (_read, { messages }) => messages,
  format(messages) {
    if (messages.length === 0) return undefined
    return messages.map(({ name, kind, value }) => ({ name, [kind]: value }))
  },
  mapText: (messages, map) =>
    messages.map((message, i) => {
      const path = `messages[${i}].${message.kind}`
      return { ...message, value: map(message.value, path, contentRole(message.kind)) }
    }),
  check({ messages }, { open, report }) {
    for (const [i, message] of messages.entries()) {
      checkContent(message, `messages[${i}]`, open, report)
    }
  },
})

/** Names are there and different; a message with a problem is left out. */
export function readMessages(read: FieldReader): readonly SavedMessage[] {
  return read.objects('messages', messageExample).flatMap((entry, i, all) => {
    if (!entry) return []
    entry.reportUnknown(['name', ...contentFields], 'A message')
    const name = readName(entry, all.slice(0, i))
    const content = readContent(entry)
    return name !== null && content ? [{ name, ...content }] : []
  })
}
