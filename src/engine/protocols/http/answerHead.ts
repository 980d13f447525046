// The head of an answer, read as leniently as curl and browsers do: what it says, what is wrong with it, and how to
// write it so that a strict parser reads the same.

import { isToken } from '../../../shared/endpoint/httpSyntax.ts'
import { latin1, latin1Bytes } from '../../../shared/text/latin1.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { cutText, visibleText } from '../../../shared/text/visibleText.ts'
import { type BodyEnd, bodyLength, isBodiless, saysLength } from './bodyLength.ts'

export interface AnswerText {
  readonly status: number
  /** As it came, like the rest. */
  readonly statusText: string
  readonly httpVersion: string
  readonly headers: NamedValues
}

export interface ReadHead extends AnswerText {
  /** What is wrong with it, in words; empty when nothing is. */
  readonly flaws: readonly string[]
  /** The same head for a strict parser; null where its own bytes do. */
  readonly mended: Uint8Array | null
  readonly bodyEnd: BodyEnd
}

/** `refusal`: why it cannot be read, in words. */
export type HeadReading = ReadHead | { readonly refusal: string }

const lf = 0x0a
const cr = 0x0d

/**
 * Offset behind the empty line that ends the head, looked for from `from` on, where no line begins; -1 when it has not
 * come.
 */
export function findHeadEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(lf, from); at >= 0; at = bytes.indexOf(lf, at + 1)) {
    const next = bytes[at + 1] === cr ? at + 2 : at + 1
    if (bytes[next] === lf) return next + 1
  }
  return -1
}

/**
 * Whether an answer of HTTP can begin at `start`, of whose first line the bytes before `known` have been found right, or
 * it has not ended. `ICY`: what radio stations say.
 */
export function mayBeginAnswer(bytes: Uint8Array, start = 0, known = start): boolean {
  const begin = latin1(bytes.subarray(start, start + 5)).toUpperCase()
  if (!'HTTP/'.startsWith(begin) && !'ICY '.startsWith(begin.slice(0, 4))) return false
  return !endsLinesWithCr(bytes, Math.max(start, known - 1))
}

/** [rfc9112] 2.2: offset behind the empty lines that stand at `from`. */
export function passEmptyLines(bytes: Uint8Array, from: number): number {
  let at = from
  while (bytes[at] === cr || bytes[at] === lf) at++
  return at
}

/**
 * The first line, of which more stands behind `from`, has a CR that no LF follows: where all lines end so, the head would
 * never end.
 */
function endsLinesWithCr(bytes: Uint8Array, from: number): boolean {
  const at = bytes.indexOf(cr, from)
  if (at < 0 || at + 1 >= bytes.length || bytes[at + 1] === lf) return false
  const end = bytes.indexOf(lf, from)
  return end < 0 || at < end
}

/** `bytes`: from the status line to the empty line. `method`: the request's. */
export function readAnswerHead(bytes: Uint8Array, method: string): HeadReading {
  const flaws = new Set<string>()
  const lines = splitLines(bytes, flaws)
  const start = readStatusLine(lines[0] ?? '', flaws)
  if (start === null) return { refusal: 'its first line is no status line' }
  const fields = readFields(lines.slice(1), flaws)
  if (typeof fields === 'string') return { refusal: fields }
  const { status } = start
  const length = bodyLength(fields, isBodiless(method, status))
  if (length.refusal !== null) return { refusal: length.refusal }
  for (const flaw of length.flaws) flaws.add(flaw)
  return {
    ...start,
    headers: fields,
    flaws: [...flaws],
    mended: flaws.size === 0 ? null : mend(start, fields, length.fields),
    bodyEnd: length.end,
  }
}

export function splitLines(bytes: Uint8Array, flaws: Set<string>): readonly string[] {
  const text = latin1(bytes)
    .replace(/^[\r\n]+/, '')
    .replace(/\r?\n\r?\n$/, '')
  const lines = text.split('\n')
  const bare = lines.some((line, index) => index < lines.length - 1 && !line.endsWith('\r'))
  if (bare || !/\r\n\r\n$/.test(latin1(bytes.subarray(-4)))) {
    flaws.add('lines end with LF alone')
  }
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
}

const strictStart = /^HTTP\/(1\.[01]) (\d{3})(?: (.*))?$/
const looseStart = /^(HTTP\/|ICY)(1\.\d|2(?:\.0)?)? +(\d{3})(?!\d)(?: *)(.*)$/i

function readStatusLine(line: string, flaws: Set<string>): Omit<AnswerText, 'headers'> | null {
  const strict = strictStart.exec(line)
  if (strict !== null && !controls.test(line)) {
    const [, httpVersion = '', status, statusText = ''] = strict
    return { httpVersion, status: Number(status), statusText }
  }
  const [, protocol = '', version, status, statusText = ''] = looseStart.exec(line) ?? []
  const isIcy = protocol.toUpperCase() === 'ICY'
  // Only a name of HTTP has a version.
  if (status === undefined || isIcy !== (version === undefined)) return null
  flaws.add(startFlaw(protocol, version ?? ''))
  return { httpVersion: version ?? '1.0', status: Number(status), statusText }
}

function startFlaw(protocol: string, version: string): string {
  if (protocol.toUpperCase() === 'ICY') return 'it begins with ICY in place of HTTP/1.0'
  if (protocol !== 'HTTP/') return 'HTTP is not in capitals in its first line'
  if (!/^1\.[01]$/.test(version)) return `it is said to be HTTP/${version}`
  return 'the parts of its first line are not parted by one space'
}

const nul = '\0'
// What a strict parser takes for none of a value. Tabs and what Latin-1 has above 0x80 are fine.
const controls = /[\p{Cc}--[\t\u{80}-\u{9f}]]/v

/** The fields as they came, folded lines joined; a sentence's part that says why they cannot be read. */
export function readFields(lines: readonly string[], flaws: Set<string>): NamedValues | string {
  const fields: [string, string][] = []
  for (const line of lines) {
    const last = fields.at(-1)
    if (/^[ \t]/.test(line)) {
      if (last === undefined) return 'its first field begins with a space'
      // [rfc9112] 5.2
      flaws.add(`the field ${shown(last[0])} goes on in a second line`)
      last[1] = `${last[1]} ${line.trim()}`.trim()
      continue
    }
    const colon = line.indexOf(':')
    if (colon < 0) return 'a line of it has no colon'
    const name = line.slice(0, colon)
    const value = withoutBlanks(line.slice(colon + 1))
    // A NUL ends the field in one program and does not in another.
    if (line.includes(nul)) return `the field ${shown(name)} holds a NUL`
    if (controls.test(value)) flaws.add(`the field ${shown(name)} holds a control character`)
    if (/[ \t]$/.test(name)) flaws.add(`a space stands before the colon of ${shown(name)}`)
    else if (!isToken(name)) flaws.add(`“${shown(name)}” is no name of a field`)
    fields.push([name.trimEnd(), value])
  }
  return fields
}

/**
 * `text`: fields that stand behind a body, with their line ends. The same for a strict parser, without those that it
 * refuses there; null where they cannot be read. [rfc9110] 6.5.1
 */
export function mendTrailers(text: string): {
  readonly text: string
  readonly isFlawed: boolean
  /** As they came. */
  readonly fields: NamedValues
} | null {
  const flaws = new Set<string>()
  const lines = text.split(/\r?\n/).slice(0, -1)
  const fields = readFields(lines, flaws)
  if (typeof fields === 'string') return null
  const isBare = lines.join('\r\n').length + 2 * Math.min(1, lines.length) !== text.length
  if (flaws.size === 0 && !isBare && !fields.some(([name]) => saysLength(name))) {
    return { text, isFlawed: false, fields }
  }
  const kept = fields.filter(([name]) => isToken(name) && !saysLength(name))
  return { text: fieldLines(kept), isFlawed: true, fields }
}

/** Each with its line end. */
function fieldLines(fields: NamedValues): string {
  return fields.map(([name, value]) => `${name}: ${clean(value)}\r\n`).join('')
}

/** By hand: an expression for blanks at the end takes quadratic time where they stand in the middle. */
export function withoutBlanks(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && isBlank(text[from])) from++
  while (from < to && isBlank(text[to - 1])) to--
  return text.slice(from, to)
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

/** Without what no strict parser reads; `lengths` take the place of the fields that say the length. */
function mend(
  { httpVersion, status, statusText }: Omit<AnswerText, 'headers'>,
  fields: NamedValues,
  lengths: NamedValues | null,
): Uint8Array {
  const kept = fields.filter(([name]) => isToken(name) && (lengths === null || !saysLength(name)))
  const version = httpVersion === '1.0' ? '1.0' : '1.1'
  const code = String(status).padStart(3, '0')
  const lines = fieldLines([...kept, ...(lengths ?? [])])
  return latin1Bytes(`HTTP/${version} ${code} ${clean(statusText)}\r\n${lines}\r\n`)
}

function clean(value: string): string {
  return value.replace(new RegExp(controls, 'gv'), ' ')
}

function shown(text: string): string {
  return visibleText(cutText(text, 100))
}
