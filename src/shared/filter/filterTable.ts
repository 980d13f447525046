// The table of the filter language: its forms, each with what it takes, an example and a sentence.

import type { FrameKind } from '../frame/frame.ts'
import type { FilterFlag, NameField, NumberField } from './filterNode.ts'

/** One form of the language, for the parser, the completion, the list of examples and docs/filter.md. */
export interface FilterRow {
  /** What is written, or where it begins: `dir:`, `size>`, `"…"`. */
  readonly write: string
  readonly example: string
  /** What it finds; may hold Markdown code. */
  readonly sentence: string
}

/** `dir:in`, `size>1kB`: a name, and what it takes. */
export interface FieldRow extends FilterRow {
  /** For a mistake: `in, out or local`. */
  readonly takes: string
  /** All that it may be, or what is often meant. */
  readonly values?: readonly string[]
  readonly takesOnly: 'names' | 'values' | 'statuses' | 'numbers' | 'sizes' | 'times'
}

/** All of them, by name. A record, so that none can be forgotten. */
const kinds: Readonly<Record<FrameKind, true>> = {
  request: true,
  response: true,
  event: true,
  record: true,
  message: true,
  ping: true,
  pong: true,
  close: true,
  comment: true,
  retry: true,
  wait: true,
  error: true,
  notice: true,
  end: true,
  fragment: true,
  control: true,
  ignored: true,
}

export const textRows: readonly FilterRow[] = [
  {
    write: 'word',
    example: 'BTC-EUR trade',
    sentence:
      'Frames with each of the words in payload, label, details or the note of their bookmark, in any letter case.',
  },
  {
    write: '"…"',
    example: '"connection lost"',
    sentence:
      'Exactly this text, white space included. In quotes `\\"`, `\\\\` and `\\n` are as in JSON.',
  },
  {
    write: '/…/',
    example: '/order-[0-9]{4}/i',
    sentence:
      'A regular expression, `i` for any letter case. It has no look-around and no back references, so it is quick on every text.',
  },
]

export const joinRows: readonly FilterRow[] = [
  {
    write: '-',
    example: '-heartbeat',
    sentence: 'Not: a minus before a condition, without white space between.',
  },
  {
    write: 'or',
    example: 'dir:out or status:5xx',
    sentence: 'One or the other. Conditions with nothing between them must all hold.',
  },
  {
    write: '( )',
    example: 'dir:in (type:trade or type:chat)',
    sentence: 'What belongs together.',
  },
]

export const fieldRows: Readonly<Record<NameField | NumberField, FieldRow>> = {
  dir: {
    write: 'dir:',
    takesOnly: 'values',
    takes: 'in, out or local',
    values: ['in', 'out', 'local'],
    example: 'dir:in',
    sentence: 'The way: received, sent, or what Lifeline itself did.',
  },
  kind: {
    write: 'kind:',
    takesOnly: 'values',
    takes: `one of ${Object.keys(kinds).join(', ')}`,
    values: Object.keys(kinds),
    example: 'kind:message,event',
    sentence: 'The kind of the frame; several have commas between them.',
  },
  type: {
    write: 'type:',
    takesOnly: 'names',
    takes: 'a name',
    values: ['text', 'binary'],
    example: 'type:trade',
    sentence:
      'The event’s type, `text` or `binary` of a message, the type of what is decoded, or `"type"` in the JSON. `*` stands for anything.',
  },
  name: {
    write: 'name:',
    takesOnly: 'names',
    takes: 'a name',
    example: 'name:tools/*',
    sentence: 'The method or event of what is decoded.',
  },
  key: {
    write: 'key:',
    takesOnly: 'names',
    takes: 'an id',
    example: 'key:42',
    sentence: 'The id of what is decoded.',
  },
  status: {
    write: 'status:',
    takesOnly: 'statuses',
    takes: 'a status such as 404, or 5xx',
    values: ['2xx', '3xx', '4xx', '5xx'],
    example: 'status:4xx,5xx',
    sentence: 'The status of an answer; `status>=400` as well.',
  },
  code: {
    write: 'code:',
    takesOnly: 'names',
    takes: 'a code such as ws-* or 1006',
    example: 'code:ws-*',
    sentence: 'The [code](codes.md) of an error or a notice, or the code of a close.',
  },
  size: {
    write: 'size>',
    takesOnly: 'sizes',
    takes: 'a size such as 500, 1kB or 2MiB',
    example: 'size>1kB',
    sentence:
      'The size of the payload: `>`, `>=`, `<`, `<=` or `=`, in bytes or with `kB`, `MB`, `KiB`, `MiB`.',
  },
  gap: {
    write: 'gap>',
    takesOnly: 'times',
    takes: 'a time such as 500ms, 2s or 1m',
    example: 'gap>500ms',
    sentence: 'The time since the frame before, in `us`, `ms`, `s`, `m` or `h`.',
  },
  after: {
    write: 'after:',
    takesOnly: 'times',
    takes: 'a time since the start, such as 12.5s, 1m or 2:05.120',
    example: 'after:12.5s',
    sentence: 'From this time since the session’s start on.',
  },
  before: {
    write: 'before:',
    takesOnly: 'times',
    takes: 'a time since the start, such as 12.5s, 1m or 2:05.120',
    example: 'before:1m',
    sentence: 'Before this time since the session’s start.',
  },
  conn: {
    write: 'conn:',
    takesOnly: 'numbers',
    takes: 'the number of a connection, or two such as 3-7',
    example: 'conn:2,5-7',
    sentence: 'The connection, counted from 1; two numbers with a hyphen between them are a range.',
  },
  path: {
    write: 'path:',
    takesOnly: 'names',
    takes: 'a path such as /api/*',
    example: 'path:/api/*',
    sentence:
      'The path of the request that the frame is, answers or belongs to: messages are found by their handshake, events by what asked for them. With `?` the query is part of it.',
  },
  method: {
    write: 'method:',
    takesOnly: 'names',
    takes: 'a method such as GET',
    values: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'],
    example: 'method:POST',
    sentence: 'The HTTP method of that request.',
  },
  seq: {
    write: 'seq:',
    takesOnly: 'numbers',
    takes: 'the number of a frame',
    example: 'seq>=1000',
    sentence: 'The number of the frame, as its detail has it.',
  },
}

export const flagRows: Readonly<Record<FilterFlag, FilterRow>> = {
  changed: {
    write: 'changed',
    example: 'changed',
    sentence: 'Answers of polls that brought something new. Write `"changed"` for the text.',
  },
  wire: {
    write: 'wire',
    example: 'wire kind:fragment',
    sentence: 'Frames of the wire layer, though it is not shown. Write `"wire"` for the text.',
  },
  bookmarked: {
    write: 'bookmarked',
    example: 'bookmarked dir:in',
    sentence: 'Frames with a bookmark. Write `"bookmarked"` for the text.',
  },
  error: {
    write: 'is:error',
    example: 'is:error',
    sentence:
      'What went wrong: errors, answers of status 400 or more, closes by which the server complains, decoded failures. The word `error` finds the text as well.',
  },
  unanswered: {
    write: 'is:unanswered',
    example: 'is:unanswered',
    sentence:
      'Decoded requests that say `no answer`: none came within 10 s, or before the connection ended. A late answer takes them out.',
  },
}

export const jsonRows: readonly FilterRow[] = [
  {
    write: '$.',
    example: '$.price > 70000',
    sentence:
      'A value in the JSON of the payload: `=`, `!=`, `<`, `<=`, `>`, `>=`. Text that reads as a number counts as one.',
  },
  {
    write: '$.',
    example: '$.symbol = "BTC-EUR"',
    sentence:
      'Text needs its quotes only where it has white space or could be a number, `true`, `false` or `null`.',
  },
  {
    write: '$.',
    example: '$.items[*].id = 7',
    sentence:
      '`[0]` is an element of a list, `[-1]` its last, `[*]` each one or each value of an object.',
  },
  {
    write: '$..',
    example: '$..id = 7',
    sentence: 'The name at any depth.',
  },
  {
    write: '$.',
    example: '$.error',
    sentence: 'There is such a value.',
  },
  {
    write: '~',
    example: '$.user.name ~ /^j/i',
    sentence: 'Text that has this in it, or that a regular expression finds.',
  },
]

/** All of the language, in the order in which it is told. */
export const filterRows: readonly FilterRow[] = [
  ...textRows,
  ...Object.values(fieldRows),
  ...Object.values(flagRows),
  ...jsonRows,
  ...joinRows,
]
