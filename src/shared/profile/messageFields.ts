// What a profile entry sends beside its first request: messages, saved or not, and saved requests.

import type { Endpoint, MessageContent, SavedMessage, SavedRequest } from '../endpoint/endpoint.ts'
import { defaultLimits } from '../limits.ts'
import { isRecord } from '../unknown.ts'
import { createFieldReader, type FieldReader } from './fieldReader.ts'

const contentFields = ['text', 'json', 'hex', 'base64', 'file'] as const

const messageExample = '{ "name": "Subscribe", "json": { "op": "subscribe" } }'

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

/** `saved` is what a text may name. */
export function readSend(
  read: FieldReader,
  saved: readonly SavedMessage[],
): readonly MessageContent[] {
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

export function readRepeat(read: FieldReader, saved: readonly SavedMessage[]): Endpoint['repeat'] {
  const repeat = read.object('repeat', '{ "message": "ping", "every": "5s" }')
  if (!repeat) return null
  repeat.reportUnknown(['message', 'every'], '"repeat"')
  if (!repeat.has('message')) repeat.report('message', 'Add the "message" to send again and again.')
  if (!repeat.has('every')) repeat.report('every', 'Add "every": the time between, such as "5s".')
  const written = repeat.value('message')
  const message = written === undefined ? null : readSendable(repeat, 'message', written, saved)
  const everyMs = repeat.duration('every')
  const { minIntervalMs } = defaultLimits
  if (everyMs !== null && everyMs < minIntervalMs) {
    repeat.report('every', `Send every ${minIntervalMs}ms or less often.`)
    return null
  }
  return message && everyMs !== null ? { message, everyMs } : null
}

/** Names are there and different; a request with a problem is left out. */
export function readRequests(read: FieldReader): readonly SavedRequest[] {
  const example = '{ "name": "Publish", "url": "/publish", "body": { "text": "hello" } }'
  return read.objects('requests', example).flatMap((entry, i, all) => {
    if (!entry) return []
    entry.reportUnknown(['name', 'request', 'url', 'headers', 'body'], 'A request')
    const name = readName(entry, all.slice(0, i))
    const url = entry.text('url')
    if (!entry.has('url')) {
      entry.report('url', 'Add a "url": a path on the endpoint’s server, or a whole URL.')
    }
    const headers = [...entry.headers('headers')]
    const body = entry.body('body', headers)
    const request = entry.requestMethod('request') ?? (body === null ? 'GET' : 'POST')
    return name !== null && url !== null ? [{ name, request, url, headers, body }] : []
  })
}

function readName(entry: FieldReader, before: readonly (FieldReader | null)[]): string | null {
  const name = entry.text('name')
  if (name === null || name.trim() === '') {
    if (name !== null || !entry.has('name')) entry.report('name', 'Add a "name" in quotes.')
    return null
  }
  if (before.some((other) => other?.value('name') === name)) {
    entry.report('name', `Change the name: "${name}" stands further up already.`)
  }
  return name
}

/** A text, a saved message's name, a message's content, or any other object or list, sent as JSON. */
function readSendable(
  read: FieldReader,
  path: string,
  value: unknown,
  saved: readonly SavedMessage[],
): MessageContent | null {
  if (typeof value === 'string') {
    const found = saved.find(({ name }) => name === value)
    return found ? { kind: found.kind, value: found.value } : { kind: 'text', value }
  }
  if (isContent(value)) {
    const content = createFieldReader({ [path]: value })?.object(path, '')
    const found = content ? readContent(content) : null
    for (const problem of content?.problems ?? []) read.report(problem.path, problem.message)
    return found
  }
  if (typeof value === 'object' && value !== null) {
    return { kind: 'text', value: JSON.stringify(value) }
  }
  read.report(path, 'Write the message as text in quotes, or as a JSON object or list.')
  return null
}

/**
 * `{ "hex": … }` and the like. `{ "text": … }` is not among them: it is what many servers take as JSON,
 * and a text needs no object.
 */
function isContent(value: unknown): boolean {
  if (!isRecord(value)) return false
  const [field, ...others] = Object.keys(value)
  return others.length === 0 && ['json', 'hex', 'base64', 'file'].includes(field ?? '')
}

function readContent(entry: FieldReader): MessageContent | null {
  const [field, other] = contentFields.filter((name) => entry.has(name))
  if (field === undefined) {
    entry.report('', `Say what to send in one of ${contentFields.join(', ')}.`)
    return null
  }
  if (other !== undefined) {
    entry.report(other, `Remove "${other}" or "${field}": a message has one of them.`)
    return null
  }
  if (field === 'json') return { kind: 'text', value: JSON.stringify(entry.value('json')) }
  const value = entry.text(field)
  return value === null ? null : { kind: field, value }
}
