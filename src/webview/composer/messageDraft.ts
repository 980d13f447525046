// The message that the text in the send box makes, or what is wrong with that text.

import type { OfferedMessage } from '../../shared/calls/messages.ts'
import type {
  MessageToSend,
  OutgoingMessage,
  SavedMessage,
} from '../../shared/endpoint/endpoint.ts'
import { parseBase64, parseHex } from '../../shared/endpoint/messageBytes.ts'
import { hasReference } from '../../shared/endpoint/references.ts'
import { looksLikeJson } from '../../shared/text/jsonText.ts'
import { latin1 } from '../../shared/text/latin1.ts'
import { formatCount } from '../../shared/text/units.ts'
import { findJsonProblem, type JsonProblem } from '../json/jsonProblem.ts'
import { filledHint, type Hint, savedHint, unfilledReferences } from './hint.ts'
import { spanOf } from './mistakeSpan.ts'

/** Ways to read the text in the box. `file`: a path, which only a saved message can have. */
export const draftTypes = ['text', 'json', 'hex', 'base64', 'file'] as const

export type DraftType = (typeof draftTypes)[number]

export const draftTypeNames: Readonly<Record<DraftType, string>> = {
  text: 'Text',
  json: 'JSON',
  hex: 'Binary, hex',
  base64: 'Binary, base64',
  file: 'Binary, file',
}

/** The same where there is little room. */
export const shortTypeNames: Readonly<Record<DraftType, string>> = {
  text: 'Text',
  json: 'JSON',
  hex: 'Hex',
  base64: 'Base64',
  file: 'File',
}

/** Whether it is drawn, completed and set out as JSON where it looks like that. */
export function mayBeJson(type: DraftType): boolean {
  return type === 'text' || type === 'json'
}

export interface CheckedDraft {
  /** Null while it cannot be sent. */
  readonly message: OutgoingMessage | null
  readonly hint: string
  readonly tone: Hint['tone']
}

/** An empty box makes no message and has no hint. */
export function checkDraft(type: DraftType, text: string): CheckedDraft {
  if (text === '') return { message: null, hint: '', tone: '' }
  switch (type) {
    case 'text':
      return checkText(text)
    case 'json':
      return checkJson(text)
    case 'hex':
      return checkBytes(parseHex(text), 'Write pairs of hexadecimal digits, such as “0a ff 10”.')
    case 'base64':
      return checkBytes(
        parseBase64(text),
        'Write base64: letters, digits, + and /, in groups of four.',
      )
    case 'file':
      return {
        message: null,
        hint: 'Only a saved message can send a file. Choose another type, or choose the saved message again.',
        tone: 'error',
      }
  }
}

function checkText(text: string): CheckedDraft {
  const message = { type: 'text', text } as const
  if (hasReference(text)) return { message, hint: referenceHint, tone: 'warning' }
  if (!looksLikeJson(text)) return { message, hint: '', tone: '' }
  const problem = findJsonProblem(text)
  if (problem === null) return { message, hint: 'Valid JSON', tone: 'good' }
  const hint = `${problemWords(problem)}. It can still be sent as text.`
  return { message, hint, tone: spanOf(text, problem) === null ? '' : 'warning' }
}

function checkJson(text: string): CheckedDraft {
  const problem = findJsonProblem(text)
  if (problem !== null) {
    const hint = `${problemWords(problem)}. It could be sent as text.`
    const isTyped = looksLikeJson(text) && spanOf(text, problem) === null
    return { message: null, hint, tone: isTyped ? '' : 'error' }
  }
  const message = { type: 'text', text } as const
  return hasReference(text)
    ? { message, hint: referenceHint, tone: 'warning' }
    : { message, hint: 'Valid JSON', tone: 'good' }
}

const referenceHint = unfilledReferences('message')

function problemWords({ line, column, message }: JsonProblem): string {
  return `Line ${line}, column ${column}: ${message}`
}

function checkBytes(bytes: Uint8Array | null, advice: string): CheckedDraft {
  if (bytes === null) return { message: null, hint: advice, tone: 'error' }
  const count = bytes.length === 1 ? '1 byte' : `${formatCount(bytes.length)} bytes`
  return { message: { type: 'binary', bytes }, hint: count, tone: 'good' }
}

/** The text and type that a saved message puts into the box. */
export function draftOf({ kind, value }: SavedMessage): {
  readonly draft: string
  readonly draftType: DraftType
} {
  if (kind !== 'text') return { draft: value, draftType: kind }
  const json = looksLikeJson(value) && findJsonProblem(value) === null
  return { draft: value, draftType: json ? 'json' : 'text' }
}

/** The saved message of that name, while it stands in the box unchanged; otherwise undefined. */
export function savedAs(
  messages: readonly OfferedMessage[],
  name: string | null,
  draft: string,
  type: DraftType,
): OfferedMessage | undefined {
  const saved = messages.find((message) => message.name === name)
  if (!saved) return undefined
  const as = draftOf(saved)
  return as.draft === draft && as.draftType === type ? saved : undefined
}

/** The message that Send would send now. */
export interface ReadyMessage {
  readonly message: MessageToSend | null
  readonly hint: Hint
  /** The bytes that a ping could carry; null where the page does not know them. */
  readonly bytes: Uint8Array | null
}

/** Where a draft comes from. */
export interface DraftOrigin {
  /** The name of the saved message that was chosen last. */
  readonly saved: string | null
  /** The frame that was put into the box; its references are filled in. */
  readonly of: number | null
}

export const typedDraft: DraftOrigin = { saved: null, of: null }

export function readyMessage(
  messages: readonly OfferedMessage[],
  origin: DraftOrigin,
  draft: string,
  type: DraftType,
): ReadyMessage {
  const saved = savedAs(messages, origin.saved, draft, type)
  if (saved && saved.of === undefined) {
    const message = { type: 'saved', name: saved.name } as const
    return { message, hint: savedHint(saved.name), bytes: null }
  }
  const of = saved?.of ?? origin.of
  const { message, hint: text, tone } = checkDraft(type, draft)
  if (message === null || of === null || !holdsSecret(message))
    return {
      message,
      hint: saved ? savedHint(saved.name) : { text, tone },
      bytes: bytesOf(message),
    }
  const edited = { type: 'edited', message, of } as const
  return { message: edited, hint: saved ? savedHint(saved.name) : filledHint(of), bytes: null }
}

function holdsSecret(message: OutgoingMessage): boolean {
  return message.type === 'text' ? hasReference(message.text) : hasReference(latin1(message.bytes))
}

function bytesOf(message: OutgoingMessage | null): Uint8Array | null {
  if (message === null) return null
  return message.type === 'text' ? new TextEncoder().encode(message.text) : message.bytes
}
