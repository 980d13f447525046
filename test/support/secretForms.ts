// The forms in which a text may stand in another: as URLs, forms, JSON, HTML and base64 write it.

export type WriteForm = (text: string) => string

const unit = (char: string) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`

/** By name. Base64's three begin at each of the offsets that its groups have. */
export const secretForms: ReadonlyMap<string, WriteForm> = new Map<string, WriteForm>([
  ['plain', (text) => text],
  ['percent-encoded', encodeURIComponent],
  ['percent-encoded whole', (text) => Buffer.from(text).toString('hex').replace(/../g, '%$&')],
  ['a form field', (text) => new URLSearchParams([['', text]]).toString().slice(1)],
  ['JSON', (text) => JSON.stringify(text).slice(1, -1)],
  ['JSON with slashes escaped', (text) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/')],
  ['JSON escaped whole', (text) => text.replace(/[\s\S]/g, unit)],
  ['HTML', (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)],
  [
    'HTML by code point',
    (text) => Array.from(text, (c) => `&#x${c.codePointAt(0)?.toString(16)};`).join(''),
  ],
])

/** Those of a whole value, in which nothing else is looked for. */
export const base64Forms: ReadonlyMap<string, WriteForm> = new Map<string, WriteForm>(
  ['', 'u', 'u:'].flatMap((before) => [
    [`base64 behind ${before.length}`, (text) => Buffer.from(before + text).toString('base64')],
    [
      `base64url behind ${before.length}`,
      (text) => Buffer.from(before + text).toString('base64url'),
    ],
  ]),
)
