// Checks that the value of each reference in a URL stays in its place there: none is cut off, moved or altered.

import { decodePercent } from '../../text/decodePercent.ts'
import { readUnixUrl } from '../../url/unixUrl.ts'
import {
  findReferences,
  formatReference,
  type Reference,
  replaceReferences,
} from '../references.ts'

/**
 * A sentence that says what to change, or null. `base` is what a relative URL starts at. A value at the start may be
 * a whole URL, and one in the host may bring a port and a path. Whether it is a URL at all is for others to check.
 */
export function checkUrlValues(
  text: string,
  lookedUp: (reference: Reference) => string,
  base?: string,
): string | null {
  const references = findReferences(text)
  if (references.length === 0) return null
  const values = references.map(lookedUp)
  const { marked, marks } = mark(text, references.length)
  const fill = (part: string, words: readonly string[]) =>
    part.replace(/./gsu, (character) => words[marks.indexOf(character)] ?? character)
  const placesIn = (part: string) => [...marks.keys()].filter((i) => part.includes(marks[i] ?? ''))

  const unix = readUnixUrl(marked)
  if (unix !== null) {
    const socketPath = readUnixUrl(fill(marked, values))?.socketPath
    if (socketPath !== fill(unix.socketPath, values).replace(/^\/+/, '/')) return notForSocket
  }
  const url = unix?.url ?? marked
  const { userInfo, host, rest } = partsOf(
    url,
    (start) => base === undefined || isWhole(fill(start, values)),
  )
  if (placesIn(host).some((i) => /[?#\\]/.test(values[i] ?? ''))) return notForHost

  // With a word in the place of each value the URL has the parts that it should have.
  const judged = placesIn(userInfo + rest)
  const stem = stemUnlike(marked)
  const wordShape = new RegExp(`${stem}(\\d+)w`, 'g')
  const sound = values.map((value, i) => (judged.includes(i) ? `${stem}${i}w` : value))
  const expected = parse(fill(url, sound), base)
  const standWhole = (places: readonly number[]) => {
    const tried = sound.map((word, i) => (places.includes(i) ? (values[i] ?? '') : word))
    const actual = parse(fill(url, tried), base)
    // What is no URL by itself is refused by its own check.
    if (actual === null) return expected === null && base === undefined
    return (
      expected?.every((part, i) => {
        const wanted = part.replace(wordShape, (_word, at: string) => tried[Number(at)] ?? '')
        return decoded(wanted) === decoded(actual[i] ?? '')
      }) ?? false
    )
  }
  if (standWhole(judged)) return null
  const culprit = judged.find((i) => !standWhole([i])) ?? judged[0] ?? 0
  if (placesIn(userInfo).includes(culprit)) return notForUserInfo
  return notWhole(references[culprit], values[culprit] ?? '')
}

const notForSocket = 'Change the value that stands in the socket’s path: a colon ends that path.'

const notForHost =
  'Change the value that stands in the URL’s host: it holds \\ ? or #, which would end the host’s name there.'

const notForUserInfo =
  'Percent-encode the value that stands before the @ of the URL, or use "auth": it holds / \\ ? or #, which would end the host’s name there.'

/** The value itself may be a secret. */
function notWhole(reference: Reference | undefined, value: string): string {
  const name = reference ? formatReference(reference) : 'the reference'
  return /(?:^|[/\\])(?:\.|%2e){1,2}(?:$|[/\\?#])/i.test(value)
    ? `Change the value of ${name}: the parts . and .. of a URL’s path are followed, not sent, percent-encoded too.`
    : `Percent-encode the value of ${name}: as it is, a part of it would be cut off the URL, altered or taken for something else.`
}

/** The text with a character of its own for each reference in order, which stands nowhere else in it. */
function mark(
  text: string,
  count: number,
): { readonly marked: string; readonly marks: readonly string[] } {
  const marks: string[] = []
  for (let code = 0xe000; marks.length < count; code++) {
    const character = String.fromCodePoint(code)
    if (!text.includes(character)) marks.push(character)
  }
  let next = 0
  return { marked: replaceReferences(text, () => marks[next++] ?? ''), marks }
}

/** The start of words that no parser changes, and none of which stands in the text. */
function stemUnlike(text: string): string {
  let stem = 'v'
  while (text.toLowerCase().includes(stem)) stem += 'v'
  return stem
}

interface UrlParts {
  readonly userInfo: string
  /** What stands before it is the value's own affair, where the URL begins with one. */
  readonly host: string
  readonly rest: string
}

/** `isStart` decides whether what comes before the first slash is the start of a whole URL. */
function partsOf(marked: string, isStart: (text: string) => boolean): UrlParts {
  const [, scheme = '', authority = '', rest = ''] =
    /^([^/?#\\:]*:\/\/)?([^/?#\\]*)(.*)$/s.exec(marked) ?? []
  if (scheme === '') {
    return isStart(authority)
      ? { userInfo: '', host: '', rest }
      : { userInfo: '', host: '', rest: marked }
  }
  const at = authority.lastIndexOf('@') + 1
  return { userInfo: authority.slice(0, at), host: authority.slice(at), rest }
}

function isWhole(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text)
}

/** The parts of a URL that say whom it asks and for what; null for a text that is no URL. */
function parse(text: string, base: string | undefined): readonly string[] | null {
  if (!URL.canParse(text, base)) return null
  const { protocol, host, username, password, pathname, search, hash } = new URL(text, base)
  // [rfc7617] 2: a colon between them is how they are sent, whichever of them holds it.
  const credentials = password === '' ? username : `${username}:${password}`
  return [protocol, host, credentials, pathname, search, hash]
}

/** As the server reads it: that the parser encodes a character alters nothing. */
function decoded(part: string): string {
  return part.replace(/(?:%[\da-f]{2})+/gi, decodePercent)
}
