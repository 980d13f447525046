// The forms in which a secret's value crosses the wire: as text that may be spelled, in base64 and in hexadecimal.

import type { Secret } from '../../session/sessionPlan.ts'
import { encodePercent } from '../../text/encodePercent.ts'
import { latin1 } from '../../text/latin1.ts'
import { backslashesIn } from '../../text/lookAhead.ts'
import { toBase64 } from '../../text/toBase64.ts'

/** A character as one of several sequences of UTF-16 units, any of which counts. */
export type Written = readonly string[]

/** A text to look for. */
export interface SecretForm {
  readonly name: string
  /** How many characters it has. */
  readonly length: number
  written(index: number): Written
  /** One unit for each character: the first way to write it; U+FFFF where that has more of them. */
  readonly literal: string
  /** How many of them from one on are backslashes. */
  backslashes(index: number): number
  /**
   * `text`: nothing more. `hex`: in either letter case. `base64`: line breaks may stand within, and up to two `=`
   * after it. `shared…`: characters of base64 before or after it carry bits of the value and of a neighbour.
   */
  readonly kind: 'text' | 'hex' | 'base64'
  readonly sharedBefore: boolean
  readonly sharedAfter: boolean
  /** So short that it counts only where nothing of base64 stands beside it. */
  readonly alone: boolean
  /** The first part of it is a value that was cut, from so many characters on; `sure` where a cut is known. */
  readonly leastCut: number
  readonly leastSureCut: number
  /** The value that it is a form of. */
  readonly value: string
}

/** Before it is told of which value it is one. */
type Form = Omit<SecretForm, 'value'>

/** With fewer sure base64 characters, ordinary text that looks the same would be hidden. */
const leastBase64 = 6
/** Hexadecimal digits likewise: numbers have as many. */
const leastHex = 16
/** A shorter part of a value gives nothing away. */
const leastSureCut = 4
/** A text that just ends is taken for one that was cut when it ends with so many characters of a value, or half of it. */
const leastCut = 8

/** Where one secret more comes with each request of a program, those before it keep theirs. */
const known = new WeakMap<Secret, readonly SecretForm[]>()

/** Every form of a value; none of an empty one. White space around it gets lost on the way: in header fields, say. */
export function secretForms(secret: Secret): readonly SecretForm[] {
  const forms = known.get(secret) ?? makeForms(secret)
  known.set(secret, forms)
  return forms
}

function makeForms({ name, value }: Secret): readonly SecretForm[] {
  const trimmed = value.trim()
  const tells = trimmed !== value && trimmed.length >= leastPart(value.length)
  return [...formsOf(name, value), ...(tells ? formsOf(name, trimmed) : [])]
}

function formsOf(name: string, value: string): readonly SecretForm[] {
  if (value === '') return []
  const plain = [...new Set([value, ...inHost(value)])].map((text) => textForm(name, text))
  const texts = [...new Set(writings(value))].map(utf8)
  const narrow = inLatin1(value)
  const encoded = [...texts, ...narrow].flatMap((bytes) => base64Forms(name, bytes))
  const hex = [utf8(value), ...narrow].flatMap((bytes) => hexForms(name, bytes))
  return [...plain, ...encoded, ...hex].map((form) => ({ ...form, value }))
}

/** A value that stands in the host of a URL is sent, and named, in lower case. */
function inHost(value: string): string[] {
  return /^[a-z0-9.-]{1,253}$/i.test(value) ? [value.toLowerCase()] : []
}

/** The value, and what it is in the texts that are put into base64 whole. */
function writings(value: string): string[] {
  const json = JSON.stringify(value.toWellFormed()).slice(1, -1)
  const ascii = json.replace(/[^\x20-\x7e]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  const percent = encodePercent(value)
  return [
    value,
    json,
    ascii,
    json.replaceAll('/', '\\/'),
    ascii.replaceAll('/', '\\/'),
    percent,
    percent.replace(/%../g, (code) => code.toLowerCase()),
    percent.replaceAll('%20', '+'),
    new URLSearchParams([['', value]]).toString().slice(1),
    value.replace(/[&<>"']/g, (mark) => htmlNames[mark] ?? mark),
    value.replace(/[&<>"']/g, (mark) => (mark === "'" ? '&#39;' : (htmlNames[mark] ?? mark))),
    toBase64(utf8(value)),
  ]
}

const htmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Its bytes where they are others than in UTF-8: [rfc7617] 2.1, Basic credentials of old clients. */
function inLatin1(value: string): Uint8Array[] {
  const isOther = /[\x80-\xff]/.test(value) && !/[^\0-\xff]/.test(value)
  return isOther ? [Uint8Array.from(value, (character) => character.charCodeAt(0))] : []
}

function textForm(name: string, text: string): Form {
  const characters = Array.from(text, writtenAs)
  const literal = characters.map(([first = '']) => (first.length === 1 ? first : '\uffff')).join('')
  return {
    ...whole,
    literal,
    backslashes: backslashesIn(literal),
    length: characters.length,
    written: (index) => characters[index] ?? [],
    name,
    kind: 'text',
    leastCut: leastPart(characters.length),
    leastSureCut,
  }
}

/** So many of a value's characters tell of it where nothing else says that they are a part of it. */
function leastPart(length: number): number {
  return Math.max(leastSureCut, Math.min(leastCut, Math.ceil(length / 2)))
}

/** Made once: a value may have hundreds of thousands of them. */
const ascii: readonly Written[] = Array.from({ length: 0x80 }, (_, unit) => [
  String.fromCharCode(unit),
])

/** The character, and its UTF-8 where each byte is read as a character: payloads, and header fields; and that again. */
function writtenAs(character: string): Written {
  const plain = ascii[character.charCodeAt(0)]
  if (plain) return plain
  const once = latin1(utf8(character))
  return [character, once, latin1(utf8(once))]
}

const whole = { sharedBefore: false, sharedAfter: false, alone: false } as const

/**
 * Base64 maps three bytes to four characters, so a value looks different at each of three offsets.
 * A character that also carries bits of a neighbour can be any; it is hidden with the rest.
 */
function base64Forms(name: string, bytes: Uint8Array): Form[] {
  return [0, 1, 2].flatMap((offset) => {
    const shifted = new Uint8Array(offset + bytes.length)
    shifted.set(bytes, offset)
    const encoded = toBase64(shifted)
    const bits = 8 * (offset + bytes.length)
    const sure = encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(bits / 6))
    const isShort = sure.length < leastBase64
    if (isShort && offset > 0) return []
    return [
      {
        name,
        ...digits(isShort ? encoded.replace(/=+$/, '') : sure, base64Alphabet),
        kind: 'base64' as const,
        sharedBefore: offset > 0,
        sharedAfter: !isShort && bits % 6 !== 0,
        alone: isShort,
        leastCut: digitsFor(leastCut),
        leastSureCut: digitsFor(leastSureCut),
      },
    ]
  })
}

function digitsFor(bytes: number): number {
  return Math.ceil((bytes * 8) / 6)
}

/** [rfc4648] 5: two characters are others in URLs. */
const base64Alphabet: ReadonlyMap<string, Written> = new Map(
  Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (digit) => {
    const other = digit === '+' ? ['-'] : digit === '/' ? ['_'] : []
    return [digit, [digit, ...other]]
  }),
)

const hexDigits: ReadonlyMap<string, Written> = new Map(
  Array.from('0123456789abcdef', (digit) => [digit, [...new Set([digit, digit.toUpperCase()])]]),
)

function digits(literal: string, alphabet: ReadonlyMap<string, Written>) {
  const written = (index: number) => alphabet.get(literal.charAt(index)) ?? []
  return { literal, backslashes: () => 0, length: literal.length, written }
}

const byteDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hexForms(name: string, bytes: Uint8Array): Form[] {
  let hex = ''
  for (const byte of bytes) hex += byteDigits[byte]
  if (hex.length < leastHex) return []
  const cut = { leastCut: 2 * leastCut, leastSureCut: 2 * leastCut }
  return [{ ...whole, ...digits(hex, hexDigits), name, kind: 'hex', ...cut }]
}

const encoder = new TextEncoder()

function utf8(text: string): Uint8Array {
  return encoder.encode(text)
}
