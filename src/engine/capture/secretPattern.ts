// A regular expression that finds a secret's value in every form in which it may cross the wire.

/** Fewer sure base64 characters than these would hide ordinary text that looks the same. */
const leastBase64 = 6

/**
 * Source of a pattern for the value over text, and over bytes of any kind that were read as latin1: plain,
 * percent-encoded by anybody's rules and more than once, form-encoded, escaped in JSON, in JSON within
 * JSON and in HTML, or in base64 (alone or inside something longer, such as `user:value`).
 */
export function secretPattern(value: string): string {
  const spelled = Array.from(value, (character) => {
    const sources = [...new Set(spellings(character))]
    return sources.length === 1 ? sources[0] : `(?:${sources.join('|')})`
  })
  return [spelled.join(''), ...base64Forms(utf8(value))].join('|')
}

/** Sources for a character as it is, then as URLs, forms, JSON and HTML may write it. */
function spellings(character: string): string[] {
  if (/[A-Za-z0-9]/.test(character)) return [character]
  const bytes = utf8(character)
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
  const code = character.codePointAt(0) ?? 0
  return [
    literal(character),
    // UTF-8 where each byte is read as a character: payloads, and header fields.
    literal(bytes.toString('latin1')),
    // A URL within a URL has its percent signs encoded again.
    Array.from(bytes, (byte) => `%(?:25){0,3}${hex(byte, 2)}`).join(''),
    units.map((unit) => `${backslashes}u${hex(unit, 4)}`).join(''),
    ...shortEscapes(character),
    `&#(?:0{0,4}${code}|[xX]0{0,4}${hex(code, 1)});`,
    ...(htmlNames[character] ?? []).map((name) => `&${name};`),
    ...(character === ' ' ? ['\\+'] : []),
  ]
}

/** Each text within a text doubles them, and escapes one more. */
const backslashes = '\\\\{1,8}'

/** As JSON has it in two characters; some write `/` so too. */
function shortEscapes(character: string): string[] {
  // Bounded more tightly, for several of them in a row have as many readings as the product.
  if (character === '\\') return ['\\\\{2}', '\\\\{4}']
  const escaped = character === '/' ? '\\/' : JSON.stringify(character).slice(1, -1)
  return /^\\[^u]$/.test(escaped) ? [`${backslashes}${literal(escaped.slice(1))}`] : []
}

const htmlNames: Readonly<Record<string, readonly string[]>> = {
  '&': ['amp'],
  '<': ['lt'],
  '>': ['gt'],
  '"': ['quot'],
  "'": ['apos'],
}

/**
 * Base64 maps three bytes to four characters, so a value looks different at each of three offsets.
 * A character that also carries bits of a neighbour can be any; it is hidden with the rest.
 */
function base64Forms(bytes: Uint8Array): string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([new Uint8Array(offset), bytes]).toString('base64')
    const bits = 8 * (offset + bytes.length)
    const sure = encoded.slice(offset === 0 ? 0 : offset + 1, Math.floor(bits / 6))
    if (sure.length < leastBase64) return offset === 0 ? [base64Alone(encoded)] : []
    const shared = '[A-Za-z0-9+/_-]'
    const last = bits % 6 === 0 ? '' : `${shared}(?:=|%3[dD]){0,2}`
    return [`${offset === 0 ? '' : shared}${base64Spelled(sure)}${last}`]
  })
}

/** A short value's, which counts only when nothing of base64 stands beside it. */
function base64Alone(encoded: string): string {
  return `(?<![A-Za-z0-9+/_=-])${base64Spelled(encoded)}(?![A-Za-z0-9+/_=-])`
}

function base64Spelled(encoded: string): string {
  return encoded.replace(/[+/=]/g, (character) => {
    if (character === '+') return '(?:[+-]|%2[bB])'
    return character === '/' ? '(?:[/_]|\\\\/|%2[fF])' : '(?:=|%3[dD])?'
  })
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

function utf8(text: string): Buffer {
  return Buffer.from(text, 'utf8')
}

/** In upper or lower case. */
function hex(value: number, digits: number): string {
  const upper = value.toString(16).toUpperCase().padStart(digits, '0')
  return upper.replace(/[A-F]/g, (digit) => `[${digit}${digit.toLowerCase()}]`)
}
