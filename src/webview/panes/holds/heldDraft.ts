// Texts of what a tap holds, as the user changes them, and the verdict that they make.

import { parseHex } from '../../../shared/endpoint/messageBytes.ts'
import type { HeldContent, HoldVerdict } from '../../../shared/session/tapHolds.ts'
import { hexOf } from '../../../shared/text/hexRows.ts'
import { formatHeaderLines, parseHeaderLines } from '../../composer/headerLines.ts'
import { checkDraft } from '../../composer/messageDraft.ts'

/** As it stands in the boxes, lines ending with LF. Of a message `text` alone. */
export interface HeldDraft {
  /** `200 OK` */
  readonly status: string
  /** One `Name: value` a line. */
  readonly fields: string
  /** The message, in hex where it is binary, or the body. */
  readonly text: string
}

/** A text box takes more only slowly: it passes or is dropped as it is. UTF-16 units. */
export const editableChars = 1_000_000

const charsPerByte = 3

/** Null where it is too large to be changed in a box. */
export function heldDraftOf(content: HeldContent): HeldDraft | null {
  if (content.kind === 'message') {
    const { message } = content
    const isBinary = message.type === 'binary'
    const chars = isBinary ? message.bytes.length * charsPerByte : message.text.length
    if (chars > editableChars) return null
    return { status: '', fields: '', text: isBinary ? hexOf(message.bytes) : inBox(message.text) }
  }
  const { status, reason, fields, body } = content
  if ((body?.length ?? 0) > editableChars) return null
  return {
    status: reason === '' ? String(status) : `${status} ${reason}`,
    fields: inBox(formatHeaderLines(fields)),
    text: inBox(body ?? ''),
  }
}

type HeldAnswer = Extract<HeldContent, { kind: 'answer' }>

export type ReadHeld =
  | { readonly ok: true; readonly verdict: HoldVerdict }
  /** A sentence that says what would be right. */
  | { readonly ok: false; readonly message: string }

/** `before`: the draft of the content. What is not changed passes as it was, to the byte. */
export function readHeld(content: HeldContent, before: HeldDraft, draft: HeldDraft): ReadHeld {
  if (isSame(before, draft)) return { ok: true, verdict: { kind: 'pass' } }
  if (content.kind === 'message') return readMessage(content, draft)
  return readAnswer(content, draft, before.fields === draft.fields)
}

function isSame(one: HeldDraft, other: HeldDraft): boolean {
  return one.status === other.status && one.fields === other.fields && one.text === other.text
}

function readMessage(
  { message }: Extract<HeldContent, { kind: 'message' }>,
  { text }: HeldDraft,
): ReadHeld {
  if (message.type === 'text') {
    return changed({
      kind: 'message',
      message: { type: 'text', text: withLineEnds(text, message.text) },
    })
  }
  const bytes = parseHex(text)
  if (bytes === null) return { ok: false, message: checkDraft('hex', text).hint }
  return changed({ kind: 'message', message: { type: 'binary', bytes } })
}

function readAnswer(content: HeldAnswer, draft: HeldDraft, keepsFields: boolean): ReadHeld {
  const [, status, reason = ''] = /^\s*(\d{3})(?:\s+(.*))?$/.exec(draft.status.trimEnd()) ?? []
  if (status === undefined) {
    const message = 'Write the status as three digits and words, such as “404 Not Found”.'
    return { ok: false, message }
  }
  const lines = parseHeaderLines(draft.fields)
  if (!lines.ok) return lines
  return changed({
    ...{
      kind: 'answer',
      status: Number(status),
      reason,
      fields: keepsFields ? content.fields : lines.headers,
    },
    body: bodyOf(content, draft.text),
  })
}

/** Null for none, and for what stays as it is. */
function bodyOf({ body, bodiless }: HeldAnswer, text: string): string | null {
  if (body !== null) return withLineEnds(text, body)
  return bodiless && text !== '' ? text : null
}

function changed(content: HeldContent): ReadHeld {
  return { ok: true, verdict: { kind: 'change', content } }
}

/** What a text box makes of line ends. */
function inBox(text: string): string {
  return text.replaceAll(/\r\n?/g, '\n')
}

/** With the line ends that all lines had before. */
function withLineEnds(text: string, before: string): string {
  const ends = new Set(before.match(/\r\n|\r|\n/g))
  const [end = '\n'] = ends
  return ends.size === 1 ? text.replaceAll('\n', end) : text
}

/** What stood where something else stands now, in whole words and numbers; empty where nothing did. */
export function replacedPart(before: string, after: string): string {
  if (before === after) return ''
  const shorter = Math.min(before.length, after.length)
  let start = 0
  while (start < shorter && before[start] === after[start]) start++
  let same = 0
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++
  let end = before.length - same
  if (start === end && !isWithinWord(after.slice(0, after.length - same), start, before[end]))
    return ''
  while (start > 0 && isInWord(before[start - 1])) start--
  while (end < before.length && isInWord(before[end])) end++
  return before.slice(start, end)
}

/** What stands in `text` from `start` to its end, before `next`, makes a word longer. */
function isWithinWord(text: string, start: number, next: string | undefined): boolean {
  const touches = (one: string | undefined, other: string | undefined) =>
    isInWord(one) && isInWord(other)
  return touches(text[start - 1], text[start]) || touches(text.at(-1), next)
}

function isInWord(letter: string | undefined): boolean {
  return letter !== undefined && /[\p{L}\p{N}\p{Cs}_.+-]/u.test(letter)
}
