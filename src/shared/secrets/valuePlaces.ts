// Tells where a short secret is hidden: in values and where it was put, not in the words of ordinary text.

import type { Endpoint } from '../endpoint/endpoint.ts'
import { findReferences, formatReference, secretName } from '../endpoint/references.ts'
import { mapEndpointText } from '../profile/mapEndpointText.ts'
import { mayBeCredential, minHiddenChars } from './credentialNames.ts'
import type { FoundValue, IsMeant } from './finder/secretFinder.ts'

/** Where an endpoint has put its secrets. */
interface SecretPlaces {
  /** Header fields and parameters that hold one, in lower case. */
  readonly names: ReadonlySet<string>
  /** What stands directly before and behind a secret of this name. */
  readonly beside: ReadonlyMap<string, readonly Beside[]>
}

interface Beside {
  readonly before: string
  readonly after: string
}

/**
 * `tiny`: in half of all text, so hidden where it was put, under names that tell of a credential, and where nothing else
 * stands. `word`: one that ordinary text may hold, hidden in whole values too. `longWord`: a word that Lifeline may use
 * itself. `special`: it is hardly anything but the secret.
 */
type Rarity = 'tiny' | 'word' | 'longWord' | 'special'

/** Shorter values are everywhere. */
const leastWord = 4
/** Longer words are hardly in a sentence of ours. */
const leastSpecial = 12

function rarityOf(value: string): Rarity {
  if (value.length < leastWord) return 'tiny'
  const isWord = /^(?:\d+|\p{L}?\p{Ll}+|\p{Lu}+)$/u.test(value)
  if (!isWord || value.length >= leastSpecial) return 'special'
  return value.length < minHiddenChars ? 'word' : 'longWord'
}

/** As many characters are looked at on each side, beyond the blanks that stand next to the value. */
const mostBeside = 16
const mostBefore = 128

/**
 * Judges what a finder finds, by where `endpoint`, as it is recorded, has references; without one by the looks alone.
 * Long and mixed values are meant wherever they stand.
 */
export function createValueJudge(endpoint: Endpoint | null): IsMeant {
  const places =
    endpoint === null ? { names: new Set<string>(), beside: new Map() } : placesIn(endpoint)
  return (found) => {
    const rarity = rarityOf(found.value)
    if (rarity === 'special' || (rarity === 'longWord' && !found.own)) return true
    return isMeant(found, rarity, places)
  }
}

function placesIn(endpoint: Endpoint): SecretPlaces {
  const beside = new Map<string, Beside[]>()
  mapEndpointText(endpoint, (text, _path, { kind }) => {
    const isUrl = kind === 'url'
    for (const reference of findReferences(text)) {
      const written = formatReference(reference)
      const name = secretName(reference)
      const [before = '', ...rest] = text.split(written)
      const one = isUrl
        ? { before: lastPart(before), after: firstPart(rest.join(written)) }
        : { before: before.slice(-mostBeside), after: rest.join(written).slice(0, mostBeside) }
      beside.set(name, [...(beside.get(name) ?? []), one])
    }
    return text
  })
  const { auth, headers, query, requests } = endpoint
  const pairs = [...headers, ...query, ...requests.flatMap((request) => request.headers)]
  const names = pairs.filter(([, value]) => value.includes('${')).map(([name]) => name)
  if (auth?.type === 'apiKey') names.push(auth.name)
  return { names: new Set(names.map((name) => name.toLowerCase())), beside }
}

/** Of a URL, from the last mark on that divides its parts: the request's target has no host. */
function lastPart(before: string): string {
  return (/[/?&=#@:][^/?&=#@:]*$/.exec(before)?.[0] ?? before).slice(-mostBeside)
}

function firstPart(after: string): string {
  return (/^[^/?&=#@:]*[/?&=#@:]?/.exec(after)?.[0] ?? '').slice(0, mostBeside)
}

function isMeant(found: FoundValue, rarity: Rarity, places: SecretPlaces): boolean {
  const { text, start, end, field } = found
  const begin = text.slice(0, start).trimEnd().length
  const behind = text.length - text.slice(end).trimStart().length
  const before = text.slice(Math.max(0, begin - mostBefore), start)
  const after = text.slice(end, behind + mostBeside)
  const isCredential = (name: string) =>
    name !== '' && (places.names.has(name.toLowerCase()) || mayBeCredential(name))
  if (before.trim() === '' && after.trim() === '') return true
  if (!/^[^\p{L}\p{N}]|^$/u.test(after)) return false
  if (places.beside.get(found.name)?.some((one) => standsBeside(one, before, after))) return true
  if (!/[^\p{L}\p{N}]$|^$/u.test(before)) return false
  if (isCredential(field) || isCredential(named.exec(before)?.[1] ?? '')) return true
  return rarity !== 'tiny' && isWholeValue(before, after, text.slice(start, end))
}

function standsBeside(put: Beside, before: string, after: string): boolean {
  if (put.before.length + put.after.length === 0) return false
  return (
    writings(put.before).some((one) => before.endsWith(one)) &&
    (put.before.length > 1 || writings(put.after).some((one) => after.startsWith(one)))
  )
}

/** As it is, percent-encoded, and within JSON. */
function writings(text: string): readonly string[] {
  return [text, encodeURI(text.toWellFormed()), JSON.stringify(text).slice(1, -1)]
}

/** The name before a value, of a pair or a member, and perhaps a scheme between the two. Read from the end: the payload is the peer's. */
const named =
  /$(?<=([\p{L}\p{N}_.-]{1,64})(?:\]|%5D)?(?:\\*["']|%22)?\s*(?:=|%3D|:|>)\s*(?:\\*["'“]|%22)?(?:[A-Za-z-]{3,20} +)?)/iu

/** Values of JSON (not its keys), pairs, lines of fields and elements, and what is quoted. */
const valueEdges: readonly (readonly [before: RegExp, after: RegExp])[] = [
  [/(?:\\*["'`]|“|‘|%22|&quot;)$/, /^(?:$|(?:\\*["'`]|”|’|%22|&quot;)(?!\s*:))/],
  [/[\p{L}\p{N}_\].-](?:=|%3D)$/iu, /^(?:$|[&;,#\s"'<>)\\]|%26)/i],
  [/(?:^|[\r\n])[\w.-]{1,64}:[ \t]*$/, /^[ \t]*(?:$|[\r\n])/],
  [/>\s*$/, /^\s*</],
]

function isWholeValue(before: string, after: string, value: string): boolean {
  if (valueEdges.some(([left, right]) => left.test(before) && right.test(after))) return true
  return /^\d+$/.test(value) && /[:[,]\s*$/.test(before) && /^\s*[,\]}]/.test(after)
}
