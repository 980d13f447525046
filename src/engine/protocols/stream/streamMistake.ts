// Reasons for which nothing of a stream ever ends: mistakes of servers' authors that what waits shows.

import type { AnswerFormat } from './streamFormat.ts'

/** What is known of what waits. */
export interface WaitingText {
  /** Its start; a part may be cut. */
  readonly text: string
  /** How many pieces that came began with a field's name: within a line, and at a line's start. */
  readonly fieldStarts: { readonly within: number; readonly atStart: number }
}

/** A sentence that follows how much waits for what; null where it may be an item that is still arriving. */
export function streamMistake(format: AnswerFormat, waiting: WaitingText): string | null {
  return mistakes[format](waiting)
}

const mistakes: Readonly<Record<AnswerFormat, (waiting: WaitingText) => string | null>> = {
  sse: sseMistake,
  ndjson: ndjsonMistake,
  'json-seq': jsonSeqMistake,
  // The end of an element is seen.
  'json-array': () => null,
  text: () => null,
  multipart: () => null,
}

const escapedEnds =
  'The text holds line ends as two characters each, a backslash and an n, which end nothing.'

const fieldName = '(?:data|event|id|retry):'
/** Escaped line ends before a field or behind everything; a JSON text may hold some in its strings. */
const escapedInEvents = new RegExp(`(?:\\\\r)?\\\\n\\s*${fieldName}|(?:(?:\\\\r)?\\\\n){2}\\s*$`)
const gluedFields = new RegExp(`[}\\]]\\s*${fieldName}`)

function sseMistake({ text, fieldStarts }: WaitingText): string | null {
  const lines = text.split('\n')
  const data = lines.flatMap((line) => (line.startsWith('data: ') ? [line.slice(6)] : []))
  const last = lines.at(-1) ?? ''
  if (escapedInEvents.test(last) || data.some((line) => escapedInEvents.test(line))) {
    return escapedEnds
  }
  if (fieldStarts.within >= 2 || gluedFields.test(last)) {
    return 'Field after field comes in one line: no line end stands between them.'
  }
  // One line end is right within an event: these are many, each as if it were one.
  const [first] = data
  const isEach =
    data.length >= 2 &&
    (data.every(isJsonContainer) || (fieldStarts.atStart >= 2 && !opensJson(first ?? '')))
  return isEach ? `Single line ends join ${data.length} lines of data to one event.` : null
}

function ndjsonMistake({ text }: WaitingText): string | null {
  const end = jsonEnd(text)
  if (end === -1) return null
  const rest = text.slice(end)
  if (/^\s*(?:\\r)?\\n/.test(rest)) return escapedEnds
  if (rest.startsWith('\r'))
    return 'Records end with a carriage return alone; NDJSON ends them with a line feed.'
  return rest.trim() === ''
    ? null
    : 'Record after record comes in one line: no line end stands between them.'
}

function jsonSeqMistake({ text }: WaitingText): string | null {
  const end = jsonEnd(text)
  return end > 0 && text.slice(end).trim() !== ''
    ? 'Record after record comes, and no record separator (RS, the byte 1E) stands between them.'
    : null
}

function isJsonContainer(text: string): boolean {
  return /^\s*[[{]/.test(text) && jsonEnd(text) === text.trimEnd().length
}

function opensJson(text: string): boolean {
  return /^\s*[[{]/.test(text) && jsonEnd(text) === -1
}

/** Where the object or array that the text begins with ends; -1 where it does not, or begins with none. */
function jsonEnd(text: string): number {
  if (!/^\s*[[{]/.test(text)) return -1
  let depth = 0
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"?|[[\]{}]/gs)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    if (depth === 0) return index + token.length
  }
  return -1
}
