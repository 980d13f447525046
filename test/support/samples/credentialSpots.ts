// Everywhere in an endpoint where a credential can stand, and the names that it can have.

export type Fields = Record<string, unknown>
/** Fields of an endpoint that hold the value under the name. */
type Spot = readonly [what: string, fields: (name: string, value: string) => Fields]

/** Names that tell of a credential. */
export const credentialNames = [
  'token',
  'access_token',
  'token[]',
  'user[password]',
  'Password',
  'pwd',
  'passwd',
  'pass',
  'passcode',
  'passphrase',
  'secret',
  'client_secret',
  'secret_key',
  'private-key',
  'api_key',
  'apiKey',
  'x-functions-key',
  'X-Secret-Key',
  'Ocp-Apim-Subscription-Key',
  'X-Auth',
  'auth',
  'jwt',
  'DPoP',
  'session',
  'session_id',
  'signature',
  'X-Hub-Signature-256',
  'hmac',
  'credentials',
  'client_assertion',
  'SAMLResponse',
  'code_verifier',
  'device_code',
  'authorization',
  'aws_secret_access_key',
  'AccountKey',
  'sig',
]
const encode = encodeURIComponent
const json = JSON.stringify
export const websocket = (fields: Fields): Fields => ({
  url: 'ws://localhost/',
  method: 'websocket',
  ...fields,
})
export const base64 = (text: string) => Buffer.from(text).toString('base64')
const hex = (text: string) => Buffer.from(text).toString('hex')

export const heads: readonly Spot[] = [
  [
    'a URL’s query',
    (name, held) => ({ url: `http://localhost/?a=b&${encode(name)}=${encode(held)}` }),
  ],
  [
    'a URL’s fragment',
    (name, held) => ({ url: `http://localhost/#${encode(name)}=${encode(held)}` }),
  ],
  ['"query"', (name, held) => ({ query: { [name]: held } })],
  [
    'the query of a saved request',
    (name, held) => ({
      requests: [{ name: 'A', url: `/x?${encode(name)}=${encode(held)}` }],
    }),
  ],
]

export const headers: readonly Spot[] = [
  ['a header', (name, held) => ({ headers: { [name]: held } })],
  [
    'a header of a saved request',
    (name, held) => ({ requests: [{ name: 'A', url: '/x', headers: { [name]: held } }] }),
  ],
]

/** Texts of bodies and messages. */
const texts: readonly (readonly [what: string, write: (name: string, value: string) => string])[] =
  [
    ['a form', (name, held) => `a=b&${encode(name)}=${encode(held)}&c=d`],
    ['lines of a form', (name, held) => `a=b\n${name}=${held}\nc=d`],
    ['JSON', (name, held) => json({ a: 1, [name]: held })],
    ['JSON with spaces', (name, held) => json({ a: { b: [{ [name]: held }] } }, null, 2)],
    ['a list in JSON', (name, held) => json({ [name]: [held] })],
    ['JSON in JSON', (name, held) => json({ data: json({ [name]: held }) })],
    ['JSON in a form', (name, held) => `payload=${encode(json({ [name]: held }))}`],
    ['lines of JSON', (name, held) => `${json({ a: 1 })}\n${json({ [name]: held })}\n`],
    ['JSON behind a byte order mark', (name, held) => `\ufeff${json({ [name]: held })}`],
    ['JSON with escaped slashes', (name, held) => json({ [name]: held }).replaceAll('/', '\\/')],
    ['JSON in ASCII', (name, held) => json({ [name]: held }).replaceAll('é', '\\u00e9')],
    ['Socket.IO’s CONNECT', (name, held) => `40${json({ [name]: held })}`],
    ['Socket.IO’s EVENT', (name, held) => `42/admin,17["auth",${json({ [name]: held })}]`],
    ['SockJS', (name, held) => json([json({ [name]: held })])],
    ['an event stream', (name, held) => `event: a\ndata: ${json({ [name]: held })}\n\n`],
    ['XML', (name, held) => `<a><b:${plain(name)} c="d">${entities(held)}</b:${plain(name)}></a>`],
    ['an attribute', (name, held) => `<a b="c" ${plain(name)}="${entities(held)}"/>`],
    [
      'parts of a form',
      (name, held) =>
        `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${held}\r\n--x--\r\n`,
    ],
  ]

const plain = (name: string) => name.replace(/\W/g, '_')
const entities = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;')

export const bodies: readonly Spot[] = texts.flatMap(([what, write]): Spot[] => [
  [`a body: ${what}`, (name, held) => ({ request: 'POST', body: write(name, held) })],
  [`a message: ${what}`, (name, held) => websocket({ send: [write(name, held)] })],
  [
    `a saved message in base64: ${what}`,
    (name, held) => websocket({ messages: [{ name: 'A', base64: base64(write(name, held)) }] }),
  ],
  [
    `a repeated message in hexadecimal: ${what}`,
    (name, held) =>
      websocket({ repeat: { message: { hex: hex(write(name, held)) }, every: 1000 } }),
  ],
])
