// The options of curl: which take a value, which mean nothing here, which Lifeline cannot follow.

import { type Parsed, refused } from '../endpoint/problem.ts'
import { shownOption } from '../text/shownOption.ts'

/** What an option is: `flag` and `value` mean something, the others are passed over. */
export type CurlOption = 'flag' | 'value' | 'ignored flag' | 'ignored value' | 'refused'

const flags = ['get', 'insecure', 'head', 'tlsv1', 'tlsv1.0', 'tlsv1.1', 'tlsv1.2', 'tlsv1.3']

const values = [
  ...['request', 'header', 'url', 'user-agent', 'referer', 'cookie', 'cookie-jar', 'range'],
  ...['data', 'data-ascii', 'data-raw', 'data-binary', 'data-urlencode', 'json', 'upload-file'],
  ...['user', 'oauth2-bearer', 'proxy', 'proxy-user', 'noproxy'],
  ...['socks4', 'socks4a', 'socks5', 'socks5-hostname', 'unix-socket', 'max-time'],
  ...['cacert', 'cert', 'cert-type', 'key', 'pass'],
]

/** They change the output of curl, or ask for something that Lifeline does anyway. */
const ignoredFlags = [
  ...['location', 'compressed', 'no-buffer', 'silent', 'show-error', 'verbose', 'include', 'fail'],
  ...['fail-with-body', 'progress-bar', 'no-progress-meter', 'globoff', 'basic', 'no-keepalive'],
  ...[
    'http1.1',
    'http1.0',
    'http2',
    'http2-prior-knowledge',
    'http3',
    'ipv4',
    'ipv6',
    'remote-name',
  ],
  ...['remote-header-name', 'tcp-nodelay', 'path-as-is', 'disable', 'styled-output', 'parallel'],
  ...['ssl-no-revoke', 'tr-encoding', 'no-alpn', 'keepalive', 'remote-time', 'trace-time'],
]

const ignoredValues = [
  ...['output', 'write-out', 'connect-timeout', 'retry', 'retry-delay', 'retry-max-time', 'stderr'],
  ...[
    'keepalive-time',
    'max-redirs',
    'trace',
    'trace-ascii',
    'dump-header',
    'key-type',
    'speed-time',
  ],
  ...['speed-limit', 'limit-rate', 'output-dir'],
]

/** Known, and more than Lifeline can do: dropping them would ask for something else. */
const refusedNames = [
  ...['form', 'form-string', 'digest', 'ntlm', 'negotiate', 'anyauth', 'aws-sigv4', 'resolve'],
  ...['connect-to', 'interface', 'preproxy', 'abstract-unix-socket', 'config', 'next', 'netrc'],
  ...[
    'proxy-header',
    'proxy-insecure',
    'proxy-cacert',
    'capath',
    'ciphers',
    'doh-url',
    'pinnedpubkey',
  ],
]

const letters: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  G: 'get',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  c: 'cookie-jar',
  r: 'range',
  u: 'user',
  U: 'proxy-user',
  x: 'proxy',
  k: 'insecure',
  I: 'head',
  E: 'cert',
  m: 'max-time',
  T: 'upload-file',
  F: 'form',
  K: 'config',
  n: 'netrc',
  ':': 'next',
  L: 'location',
  N: 'no-buffer',
  s: 'silent',
  S: 'show-error',
  v: 'verbose',
  i: 'include',
  f: 'fail',
  '#': 'progress-bar',
  g: 'globoff',
  o: 'output',
  O: 'remote-name',
  J: 'remote-header-name',
  w: 'write-out',
  D: 'dump-header',
  q: 'disable',
  Z: 'parallel',
  R: 'remote-time',
  '0': 'http1.0',
  '1': 'tlsv1',
  '4': 'ipv4',
  '6': 'ipv6',
  Y: 'speed-limit',
  y: 'speed-time',
}

const kinds = new Map<string, CurlOption>([
  ...flags.map((name) => [name, 'flag'] as const),
  ...values.map((name) => [name, 'value'] as const),
  ...ignoredFlags.map((name) => [name, 'ignored flag'] as const),
  ...ignoredValues.map((name) => [name, 'ignored value'] as const),
  ...refusedNames.map((name) => [name, 'refused'] as const),
])

/** In the order in which they are written; the value of a flag is empty. */
export type CurlOptions = readonly { readonly name: string; readonly value: string }[]

export interface CurlWords {
  readonly options: CurlOptions
  /** What stands between the options. */
  readonly operands: readonly string[]
}

/** The value of an option that may be repeated and counts once; undefined without it. */
export function lastOf(options: CurlOptions, name: string): string | undefined {
  return options.findLast((option) => option.name === name)?.value
}

/** `words`: without curl's own name. */
export function readCurlWords(words: readonly string[]): Parsed<CurlWords> {
  const options: { name: string; value: string }[] = []
  const operands: string[] = []
  const left = [...words]

  /** Null when all is well. */
  function take(name: string, written: string, attached: string | undefined): string | null {
    const kind = kinds.get(name)
    if (kind === undefined) {
      return `Remove ${shownOption(written, kinds.keys())}: Lifeline does not know this option of curl.`
    }
    if (kind === 'refused') return `Remove ${written}: Lifeline cannot do what it asks curl for.`
    if (kind === 'flag') options.push({ name, value: '' })
    if (kind !== 'value' && kind !== 'ignored value') return null
    const value = attached ?? left.shift()
    if (value === undefined) return `Write a value after ${written}.`
    if (kind === 'value') options.push({ name, value })
    return null
  }

  function takeLetters(word: string): string | null {
    for (let i = 1; i < word.length; i++) {
      const letter = word.charAt(i)
      const name = letters[letter] ?? ''
      const isValue = kinds.get(name)?.endsWith('value') ?? false
      const rest = word.slice(i + 1)
      const problem = take(name, `-${letter}`, isValue && rest !== '' ? rest : undefined)
      if (problem !== null || isValue) return problem
    }
    return null
  }

  for (let word = left.shift(); word !== undefined; word = left.shift()) {
    let problem: string | null = null
    if (word.startsWith('--') && word !== '--') {
      const [, name = '', attached] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? []
      problem = take(name, `--${name}`, attached)
    } else if (word.startsWith('-') && word !== '-' && word !== '--') problem = takeLetters(word)
    else if (word !== '--') operands.push(word)
    if (problem !== null) return refused(problem)
  }
  return { ok: true, value: { options, operands } }
}
