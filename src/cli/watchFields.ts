// The options of `lifeline watch` that say what to watch → the fields of a profile entry.

import { parseLogin } from '../shared/text/login.ts'
import { UsageError } from './usageError.ts'

/** Fields of a profile entry, so that options and profiles are checked by the same rules. */
export type Entry = Readonly<Record<string, unknown>>

type Draft = Record<string, unknown>

interface FieldOption {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  /** Puts the option's value (empty for one without) into the entry. `option` is how it was written. */
  put(entry: Draft, value: string, option: string): void
}

const text = (...path: readonly [string, ...string[]]): FieldOption => ({
  type: 'string',
  put: (entry, value) => set(entry, path, value),
})

const fixed = (value: unknown, ...path: readonly [string, ...string[]]): FieldOption => ({
  type: 'boolean',
  put: (entry) => set(entry, path, value),
})

const item = (field: string, make: (value: string) => unknown): FieldOption => ({
  type: 'string',
  put(entry, value) {
    entry[field] = [...((entry[field] as readonly unknown[] | undefined) ?? []), make(value)]
  },
})

/** `read` answers with name and value; null where the option is written otherwise. */
const pair = (
  field: string,
  read: (value: string) => readonly [string, string] | null,
  correction: string,
  short?: string,
): FieldOption => ({
  type: 'string',
  ...(short !== undefined && { short }),
  put(entry, written) {
    const found = read(written)
    // What was written may be a secret: it is not repeated.
    if (!found) throw new UsageError(correction)
    const [name, value] = found
    const before = (entry[field] ?? Object.create(null)) as Record<string, readonly string[]>
    before[name] = [...(before[name] ?? []), value]
    entry[field] = before
  },
})

const auth = (read: (value: string) => Entry | null, form: string): FieldOption => ({
  type: 'string',
  put(entry, value, option) {
    if (entry.auth !== undefined) {
      throw new UsageError('Leave one of --bearer, --user and --api-key: they all say who asks.')
    }
    entry.auth = read(value)
    if (entry.auth === null) throw new UsageError(`Write ${option} ${form}.`)
  },
})

const reconnect = (value: unknown): FieldOption => ({
  type: 'boolean',
  put(entry) {
    if (entry.reconnect !== undefined) {
      throw new UsageError('Leave one of --reconnect, --no-reconnect and --reconnect-as-browser.')
    }
    entry.reconnect = value
  },
})

export const fieldOptions: Readonly<Record<string, FieldOption>> = {
  method: text('method'),
  query: pair(
    'query',
    (value) => split(value, '='),
    "Write the query parameter after --query as 'name=value'.",
  ),
  request: text('request'),
  header: pair(
    'headers',
    readHeader,
    "Write the header after -H as 'Name: value', with a colon.",
    'H',
  ),
  bearer: auth((token) => ({ type: 'bearer', token }), 'with a token'),
  user: auth(readUser, "as 'name:password'"),
  'api-key': auth(readApiKey, "as 'header:Name=key' or 'query:name=key'"),
  'no-cookies': fixed(false, 'cookies'),
  body: text('body'),
  'body-file': text('bodyFile'),
  subprotocol: item('subprotocols', (value) => value),
  send: item('send', (value) => value),
  'send-hex': item('send', (hex) => ({ hex })),
  'send-base64': item('send', (base64) => ({ base64 })),
  'send-file': item('send', (file) => ({ file })),
  repeat: text('repeat', 'message'),
  'repeat-every': text('repeat', 'every'),
  'no-compression': fixed(false, 'compression'),
  'no-auto-pong': fixed(false, 'autoPong'),
  'ping-interval': text('pingInterval'),
  interval: text('interval'),
  'allow-faster-than-100ms': fixed(true, 'allowFasterThan100ms'),
  jitter: {
    type: 'string',
    put(entry, value) {
      const [, digits, percent] = /^(\d+(?:\.\d+)?)(%?)$/.exec(value) ?? []
      if (digits === undefined) {
        throw new UsageError('Write --jitter as a share, such as 0.1 or 10%.')
      }
      entry.jitter = Number(digits) / (percent === '' ? 1 : 100)
    },
  },
  change: text('change'),
  timeout: text('timeout'),
  'cursor-from': text('cursor', 'from'),
  'cursor-to': text('cursor', 'to'),
  stream: text('stream'),
  reconnect: reconnect(true),
  'no-reconnect': reconnect(false),
  'reconnect-as-browser': reconnect('browser'),
  'allow-untrusted': fixed(true, 'tls', 'allowUntrusted'),
  ca: text('tls', 'ca'),
  cert: text('tls', 'cert'),
  key: text('tls', 'key'),
  pfx: text('tls', 'pfx'),
  passphrase: text('tls', 'passphrase'),
  'server-name': text('tls', 'serverName'),
  'min-tls': {
    type: 'string',
    put: (entry, value) => {
      set(
        entry,
        ['tls', 'minVersion'],
        value.replace(/^(?:TLSv)?1(?:\.0)?$/i, 'TLSv1').replace(/^1\./, 'TLSv1.'),
      )
    },
  },
  proxy: text('proxy'),
}

/** The options that stand for a problem's field where they are not named like it. */
const problemOptions: Readonly<Record<string, string>> = {
  headers: 'header',
  'auth.token': 'bearer',
  'auth.user': 'user',
  'auth.password': 'user',
  'auth.name': 'api-key',
  'auth.value': 'api-key',
  bodyFile: 'body-file',
  subprotocols: 'subprotocol',
  'send.hex': 'send-hex',
  'send.base64': 'send-base64',
  'send.file': 'send-file',
  'repeat.every': 'repeat-every',
  compression: 'no-compression',
  autoPong: 'no-auto-pong',
  pingInterval: 'ping-interval',
  allowFasterThan100ms: 'allow-faster-than-100ms',
  cursor: 'cursor-from',
  'cursor.to': 'cursor-to',
  tls: 'allow-untrusted',
  'tls.ca': 'ca',
  'tls.cert': 'cert',
  'tls.key': 'key',
  'tls.pfx': 'pfx',
  'tls.passphrase': 'passphrase',
  'tls.serverName': 'server-name',
  'tls.minVersion': 'min-tls',
}

/** `--cursor-to` for `cursor.to`; null for the URL, which is no option, and for what has none. */
export function optionOf(path: string): string | null {
  const whole = path.replace(/\[\d+\]/g, '')
  const [first = ''] = whole.split('.')
  const name = problemOptions[whole] ?? problemOptions[first] ?? first
  return Object.hasOwn(fieldOptions, name) ? `--${name}` : null
}

function set(entry: Draft, [field, part]: readonly [string, ...string[]], value: unknown): void {
  if (part === undefined) entry[field] = value
  else entry[field] = { ...(entry[field] as Entry | undefined), [part]: value }
}

function split(text: string, mark: string): readonly [string, string] | null {
  const at = text.indexOf(mark)
  return at > 0 ? [text.slice(0, at), text.slice(at + 1)] : null
}

function readHeader(written: string): readonly [string, string] | null {
  const found = split(written, ':')
  return found && [found[0].trim(), found[1].trim()]
}

function readUser(written: string): Entry | null {
  const login = parseLogin(written)
  return login && { type: 'basic', ...login }
}

function readApiKey(written: string): Entry | null {
  const [, place, name, value] = /^(header|query):([^=]+)=(.+)$/s.exec(written) ?? []
  return place === undefined ? null : { type: 'apiKey', in: place, name, value }
}
