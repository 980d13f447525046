// A regular expression that finds a secret's value in every form in which it may cross the wire.

/** Fewer sure base64 characters than these would hide ordinary text that looks the same. */
const leastBase64 = 6

/**
 * Source of a pattern for the value over text: plain, percent-encoded by anybody's rules, form-encoded,
 * escaped in JSON, or in base64 (alone or inside something longer, such as `user:value`).
 */
export function secretPattern(value: string): string {
  return [spelled(Array.from(value, escapedForms)), ...base64Forms(utf8(value))].join('|')
}

/** The same over bytes that were read as latin1, which is how payloads are searched. */
export function secretBytePattern(value: string): string {
  const forms = Array.from(value, (character) => {
    const [plain, ...escaped] = escapedForms(character)
    return [latin1(utf8(plain ?? '')), ...escaped]
  })
  return [spelled(forms), ...base64Forms(utf8(value))].join('|')
}

function spelled(characters: readonly (readonly string[])[]): string {
  return characters
    .map((forms) => {
      const sources = [...new Set(forms)].map(literal)
      return sources.length === 1 ? sources[0] : `(?:${sources.join('|')})`
    })
    .join('')
}

/** A character as it is, then as URLs, forms and JSON may write it. */
function escapedForms(character: string): string[] {
  if (/[A-Za-z0-9]/.test(character)) return [character]
  const percent = Array.from(utf8(character), (byte) => `%${hex(byte, 2)}`).join('')
  const json = Array.from(
    { length: character.length },
    (_, index) => `\\u${hex(character.charCodeAt(index), 4)}`,
  ).join('')
  const forms = [character, percent, percent.toLowerCase(), json, json.toLowerCase()]
  const short = JSON.stringify(character).slice(1, -1)
  if (short !== character) forms.push(short)
  if (character === '/') forms.push('\\/')
  if (character === ' ') forms.push('+')
  return forms
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

function utf8(text: string): Uint8Array {
  return Buffer.from(text, 'utf8')
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0')
}
