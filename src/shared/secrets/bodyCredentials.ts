// Finds credentials in a body or a message of any format, by their names or by their own looks.

import { decodePercent } from '../text/decodePercent.ts'
import { innerPasswords } from '../url/userInfo.ts'
import { decodeQuery, findTokens, minBodyCredentialChars, parsePair } from './credentialNames.ts'

export interface BodyCredential {
  readonly name: string
  /** As it stands in the text, and as it was meant; more than once where that is the same. */
  readonly values: readonly string[]
}

/** JSON in JSON in a form: texts within texts are read so far. */
const mostDepth = 3

/** A value may be found more than once. The text may be in any format or several, or broken. */
export function bodyCredentials(text: string): readonly BodyCredential[] {
  return find(text.replace(/^\ufeff/, ''), 0)
}

function find(text: string, depth: number): readonly BodyCredential[] {
  const { strings, rest } = readJson(text)
  const pairs = formPairs(rest)
  const found = [
    ...strings.map(inJson),
    ...pairs.map(({ name, value }) => ({ name, values: [value, decodeQuery(value)] })),
    ...fieldLines(rest),
    ...jsonFields(rest),
    ...xmlElements(rest),
    ...multipartFields(rest),
  ]
  const tokens = findTokens(text).map((token) => ({ name: 'credential', values: [token] }))
  const passwords = [text, ...found.flatMap(({ values }) => values)]
    .flatMap(innerPasswords)
    .map((password) => ({ name: 'password', values: [password, decodePercent(password)] }))
  const inner = [...strings, ...pairs].map(({ value }) => decodeQuery(value))
  const deeper = depth < mostDepth ? inner.filter((one) => one !== text && /[:=<]/.test(one)) : []
  return [
    ...found.filter(isCredential).map(withParts),
    ...tokens,
    ...passwords,
    ...deeper.flatMap((one) => find(one, depth + 1)),
  ]
}

function isCredential({ name, values }: BodyCredential): boolean {
  const least = minBodyCredentialChars(name)
  return least !== null && values.some((value) => value.length >= least && !value.includes('${'))
}

/** `Bearer abc`: what follows is the credential by itself as well. [rfc9110] 11.4 */
function withParts({ name, values }: BodyCredential): BodyCredential {
  const bare = values.flatMap((value) => /^[A-Za-z]+\s+(\S.*)$/s.exec(value)?.[1] ?? [])
  return { name, values: [...new Set([...values, ...bare])] }
}

interface Named {
  readonly name: string
  readonly value: string
}

function inJson({ name, value }: Named): BodyCredential {
  return { name, values: [JSON.stringify(value).slice(1, -1), value] }
}

/** The strings and numbers of JSON, in the whole text or line by line, and the lines that are no JSON. */
function readJson(text: string): { readonly strings: readonly Named[]; readonly rest: string } {
  const whole = parseJson(text)
  if (whole !== undefined) return { strings: [...walk(whole)], rest: '' }
  const strings: Named[] = []
  const rest = text
    .replaceAll('\u001e', '\n')
    .split('\n')
    .filter((line) => {
      const value = parseJson(line)
      if (value !== undefined) for (const one of walk(value)) strings.push(one)
      return value === undefined
    })
  return { strings, rest: rest.join('\n') }
}

// Engine.IO and Socket.IO put digits and a namespace before it, SockJS a letter, an event stream a field's name.
const beforeJson = /^(?:data:)?\s*(?:\d{0,9}-?(?:\/[^,[{]*,)?\d{0,9}|[a-z])(?=[[{"])/

function parseJson(text: string): unknown {
  const json = text.replace(beforeJson, '').replace(/\0\s*$/, '')
  if (!/^\s*[[{"]/.test(json)) return undefined
  try {
    return JSON.parse(json)
  } catch {
    // It only looked like JSON.
    return undefined
  }
}

/** By a stack of its own: a text can be nested deeper than calls can be. What is in a list has the list's name. */
function* walk(root: unknown): Generator<Named> {
  const left: (readonly [name: string, value: unknown])[] = [['', root]]
  for (let next = left.pop(); next; next = left.pop()) {
    const [name, value] = next
    if (typeof value === 'string') yield { name, value }
    else if (typeof value === 'number') yield { name, value: String(value) }
    else if (Array.isArray(value)) for (const item of value.toReversed()) left.push([name, item])
    else if (typeof value === 'object' && value !== null) {
      for (const member of Object.entries(value).reverse()) left.push(member)
    }
  }
}

/** A form; or lines such as `password=…`. */
function formPairs(text: string): readonly Named[] {
  return text
    .split(/[&;\r\n]/)
    .map((pair) => parsePair(pair.trim()))
    .filter(({ name }) => /^\S+$/.test(name))
}

/** STOMP's headers, HTTP's, YAML: `passcode:…`. [stomp] 1.2, value encoding */
function fieldLines(text: string): readonly BodyCredential[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [start = '', name = ''] = /^[\s"']*([\w.-]{1,200})["']?\s*:/.exec(line) ?? []
    if (name === '') return []
    const value = line
      .slice(start.length)
      .trim()
      .replace(/,$/, '')
      .replace(/^["']|["']$/g, '')
    const meant = value.replace(/\\([rnc\\])/g, (_, letter: string) => stompEscapes[letter] ?? '')
    return [{ name, values: [value, meant] }]
  })
}

/** Within JSON that has been cut off, and within other texts. */
function jsonFields(text: string): readonly BodyCredential[] {
  const fields = text.matchAll(/"([\w.-]{1,200})"\s{0,20}:\s{0,20}"((?:[^"\\]|\\.)*)/gs)
  return Array.from(fields, ([, name = '', written = '']) => {
    const value = parseJson(`"${written}"`)
    return { name, values: typeof value === 'string' ? [written, value] : [written] }
  })
}

const stompEscapes: Readonly<Record<string, string>> = { r: '\r', n: '\n', c: ':', '\\': '\\' }

/** Elements without others in them, and attributes. */
function xmlElements(text: string): readonly BodyCredential[] {
  if (!text.includes('<')) return []
  const elements = text.matchAll(/<(?:[\w.-]{1,200}:)?([\w.-]{1,200})(?:\s[^<>]*)?>([^<>]+)</g)
  const attributes = text.matchAll(/[\s:]([\w.-]{1,200})=(?:"([^"<>]*)"|'([^'<>]*)')/g)
  return [...elements, ...attributes].map(([, name = '', one, other]) => {
    const value = (one ?? other ?? '').trim()
    const meant = value.replace(/&(\w{1,9});/g, (all, entity: string) => xmlEntities[entity] ?? all)
    return { name, values: [value, meant] }
  })
}

const xmlEntities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
}

/** [rfc7578] 4.2 */
function multipartFields(text: string): readonly BodyCredential[] {
  return text.split(/\r?\n--/).flatMap((part) => {
    const [head = '', ...body] = part.split(/\r?\n\r?\n/)
    const [, name = ''] = /^content-disposition:[^\r\n]*;\s*name="?([^";\r\n]*)/im.exec(head) ?? []
    return name === '' ? [] : [{ name, values: [body.join('\n\n')] }]
  })
}
