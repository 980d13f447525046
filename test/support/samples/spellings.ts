// Ways in which programs write a text when they put it into another one; and texts that are hard to write.

export type Spelling = readonly [name: string, write: (text: string) => string]

const utf8 = (text: string) => Buffer.from(text.toWellFormed(), 'utf8')
const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
const each = (text: string, write: (unit: number) => string) =>
  Array.from({ length: text.length }, (_, i) => write(text.charCodeAt(i))).join('')
const json = (text: string) => JSON.stringify(text).slice(1, -1)
const ascii = (text: string) => text.replace(/[^\x20-\x7e]/g, (unit) => each(unit, escapeUnit))
const escapeUnit = (unit: number) => `\\u${hex(unit, 4)}`
const htmlNames: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Spellings that a text needs inside another text; one can be applied to the result of another. */
export const outerSpellings: readonly Spelling[] = [
  ['percent-encoded', (text) => encodeURIComponent(text)],
  [
    'percent-encoded in lower case',
    (text) => encodeURIComponent(text).replace(/%../g, (x) => x.toLowerCase()),
  ],
  ['form-encoded', (text) => new URLSearchParams([['', text]]).toString().slice(1)],
  ['escaped in JSON', json],
  ['escaped in JSON in ASCII', (text) => ascii(json(text))],
  ['escaped in JSON with its slashes', (text) => json(text).replaceAll('/', '\\/')],
  ['escaped in HTML', (text) => text.replace(/[&<>"']/g, (one) => htmlNames[one] ?? one)],
]

/** The same, and spellings of letters and digits that no format demands. */
export const textSpellings: readonly Spelling[] = [
  ...outerSpellings,
  [
    'percent-encoded, every byte',
    (text) => Array.from(utf8(text), (byte) => `%${hex(byte, 2)}`).join(''),
  ],
  ['escaped in JSON, every unit', (text) => each(text, escapeUnit)],
  [
    'escaped in HTML by numbers',
    (text) => Array.from(text, (one) => `&#${one.codePointAt(0)};`).join(''),
  ],
  [
    'escaped in HTML by hexadecimal numbers',
    (text) =>
      Array.from(text, (one) => `&#x00${hex(one.codePointAt(0) ?? 0, 2).toUpperCase()};`).join(''),
  ],
]

/** The last thing that is done to a text. */
export const lastSpellings: readonly Spelling[] = [
  ['as it is', (text) => text],
  ['in UTF-8 read as Latin-1', (text) => utf8(text).toString('latin1')],
  ['escaped as JavaScript once did', (text) => escape(text)],
  ['escaped by bytes', (text) => Array.from(utf8(text), (byte) => `\\x${hex(byte, 2)}`).join('')],
]

/** Spellings that change every character. */
export const byteSpellings: readonly Spelling[] = [
  ['in base64', (text) => utf8(text).toString('base64')],
  ['in base64 for URLs', (text) => utf8(text).toString('base64url')],
  [
    'in base64 in lines',
    (text) =>
      utf8(text)
        .toString('base64')
        .replace(/.{76}(?=.)/g, '$&\r\n'),
  ],
  [
    'in base64 in lines in JSON',
    (text) =>
      utf8(text)
        .toString('base64')
        .replace(/.{76}(?=.)/g, '$&\\n'),
  ],
  ['in base64 in a form', (text) => encodeURIComponent(utf8(text).toString('base64'))],
]

/** All of them, base64 at each of its three offsets. */
export const spellings: readonly Spelling[] = [
  ...lastSpellings,
  ...textSpellings,
  ...['', 'u', 'u:'].flatMap((before) =>
    byteSpellings.map(([name, write]): Spelling => {
      return [`${name} behind “${before}”`, (text) => write(before + text)]
    }),
  ),
]

/** Numbers from 0 to below 1, always the same for a seed. */
export function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

const alphabets = [
  'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789',
  'abc019-._~+/=',
  'aZ9 !"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  'aé ßÿ€ключ漢字😀\t\n\\"/%&+',
] as const

/** Values of secrets, of 8 characters and more: what is in use, what is hard to write, and some by chance. */
export function secretValues(random: () => number): readonly string[] {
  const byChance = Array.from({ length: 40 }, (_, i) => {
    const alphabet = Array.from(alphabets[i % alphabets.length] ?? '')
    const length = 8 + Math.floor(random() * 60)
    return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('')
  })
  return [
    'swordfish',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0',
    's3c/r+t "ä=?&x',
    '\\'.repeat(8),
    '%2F%2F%2F%2F',
    'a b+c d+e',
    'https://me:pw@host/?a=b&c=d#e',
    `{"a":"${'b'.repeat(20)}"}`,
    '-----BEGIN KEY-----\nMIIEvQ+/aa==\n-----END KEY-----\n',
    ...byChance,
  ]
}
