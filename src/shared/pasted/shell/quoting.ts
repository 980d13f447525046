// The text between a shell's quotes: its escapes read, its variables found.

import { type Parsed, refused } from '../../endpoint/problem.ts'

/** A word is put together from these; what is literal must not become a reference. */
export type QuotedPart =
  | { readonly kind: 'literal'; readonly text: string }
  /** As it is written: `$NAME` or `${…}`. */
  | { readonly kind: 'variable'; readonly written: string }

/** What a sentence says where a command would have to be run. */
export const commandSubstitution =
  'Replace $(…) and `…` by what they stand for: Lifeline runs no commands.'

/** `${` that a shell leaves alone must not become a reference. */
export function literal(text: string): string {
  return text.replace(/\$\{[^{}]*\}/g, '$$$&')
}

/** Whether a `$` would take what comes after it for literal: no word can have both. */
export function hidesReference(before: string, after: string): boolean {
  return before.endsWith('$') && after.startsWith('${')
}

/** What a sentence says then. */
export const behindDollar =
  'Write the value in the place of the variable that comes right after a $: Lifeline cannot join them.'

// [posix] Shell Command Language 2.2.3
const doubleToken =
  /\\\r?\n|\\(?<escaped>[$`"\\])|(?<variable>\$(?:\{[^{}]*\}|[A-Za-z_]\w*|\d))|(?<command>\$\(|`)|(?<other>[^\\$`]+|.)/gsy

/** What stands between double quotes, or in a here-document: there `"` needs no escape. */
export function readDouble(text: string): Parsed<readonly QuotedPart[]> {
  const parts: QuotedPart[] = []
  let plain = ''
  const settle = () => {
    if (plain !== '') parts.push({ kind: 'literal', text: plain })
    plain = ''
  }
  for (const { groups = {} } of text.matchAll(doubleToken)) {
    const { escaped, variable, command, other } = groups
    if (command !== undefined) return refused(commandSubstitution)
    if (variable !== undefined) {
      settle()
      parts.push({ kind: 'variable', written: variable })
    } else plain += escaped ?? other ?? ''
  }
  settle()
  return { ok: true, value: parts }
}

const ansiEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  v: '\v',
}

const ansiToken =
  /(?<bytes>(?:\\x[0-9a-fA-F]{1,2}|\\[0-7]{1,3})+)|\\u(?<u4>[0-9a-fA-F]{1,4})|\\U(?<u8>[0-9a-fA-F]{1,8})|\\(?<letter>.)|(?<other>[^\\]+|\\)/gsy

export interface AnsiText {
  readonly text: string
  /** It has bytes that are no UTF-8. */
  readonly hasBytes: boolean
}

/** What stands in `$'…'`: `\xc3\xbc` are the bytes of a text in UTF-8. [posix] 2.2.4 */
export function readAnsi(written: string): AnsiText {
  let text = ''
  let hasBytes = false
  for (const { groups = {} } of written.matchAll(ansiToken)) {
    const { bytes, u4, u8, letter, other } = groups
    if (bytes !== undefined) {
      const read = readBytes(bytes)
      text += read.text
      hasBytes ||= read.hasBytes
    } else if (letter !== undefined) text += ansiEscapes[letter] ?? letter
    else if (other !== undefined) text += other
    else {
      const code = Number.parseInt(u4 ?? u8 ?? '', 16)
      text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
    }
  }
  return { text, hasBytes }
}

/** Bytes that are no UTF-8 are the characters of Latin-1: so Firefox writes those up to U+00FF. */
function readBytes(written: string): AnsiText {
  const bytes = Array.from(written.matchAll(/\\(?:x([0-9a-fA-F]+)|([0-7]+))/g), ([, hex, octal]) =>
    hex === undefined ? Number.parseInt(octal ?? '', 8) & 0xff : Number.parseInt(hex, 16),
  )
  try {
    const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
    return { text: utf8.decode(Uint8Array.from(bytes)), hasBytes: false }
  } catch {
    // No UTF-8: the characters of these numbers are what is left.
    return { text: bytes.map((byte) => String.fromCharCode(byte)).join(''), hasBytes: true }
  }
}
