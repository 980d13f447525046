// The length of an answer's body by its head, as browsers and curl find it where fields contradict each other.

import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { cutText } from '../../../shared/text/visibleText.ts'

/** Where a body ends. `close`: with the connection. */
export type BodyEnd =
  | { readonly by: 'length'; readonly bytes: number }
  | { readonly by: 'chunks' | 'close' | 'head' }

export interface BodyLength {
  readonly end: BodyEnd
  /** Fields that say the length in the one way that counts, in place of all of them; null where they do as they are. */
  readonly fields: NamedValues | null
  /** What is wrong with them, though the length is clear. */
  readonly flaws: readonly string[]
  /** Why the length cannot be known; null when it is. */
  readonly refusal: string | null
}

const names: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding'])

/** Whether the field has a say in the length of the body. */
export function saysLength(name: string): boolean {
  return names.has(name.toLowerCase())
}

/** Where at most one of these fields says it, as it should; null where they have to be weighed. */
export function plainBodyEnd(lengths: NamedValues): BodyEnd | null {
  const [field] = lengths
  if (field === undefined) return { by: 'close' }
  if (lengths.length > 1) return null
  const [name, value] = field
  if (name.toLowerCase() === 'transfer-encoding')
    return value.toLowerCase() === 'chunked' ? { by: 'chunks' } : null
  return /^\d{1,15}$/.test(value) ? { by: 'length', bytes: Number(value) } : null
}

/** The request or the status allows no body, whatever the fields say. [rfc9112] 6.3 */
export function isBodiless(method: string, status: number): boolean {
  const informs = status >= 100 && status < 200
  return method === 'HEAD' || informs || status === 204 || status === 304
}

/** `bodiless`: as `isBodiless` says. */
export function bodyLength(headers: NamedValues, bodiless: boolean): BodyLength {
  const codings = valuesOf(headers, 'transfer-encoding').map((name) => name.toLowerCase())
  const lengths = valuesOf(headers, 'content-length')
  const found = codings.length > 0 ? byCodings(codings, lengths) : byLengths(lengths)
  return bodiless ? { ...found, end: { by: 'head' } } : found
}

function byCodings(codings: readonly string[], lengths: readonly string[]): BodyLength {
  const real = codings.filter((name) => name !== 'identity')
  if (real.length === 0) {
    const rest = byLengths(lengths)
    const fields = rest.fields ?? lengths.map((one) => ['Content-Length', one] as const)
    return { ...rest, fields, flaws: [identityFlaw, ...rest.flaws] }
  }
  const flaws = real.length < codings.length ? [identityFlaw] : []
  const chunked = real.at(-1) === 'chunked'
  if (lengths.length > 0) flaws.push(bothFlaw(lengths))
  if (!chunked && real.includes('chunked')) flaws.push(notLastFlaw(real))
  if (real.indexOf('chunked') < real.lastIndexOf('chunked')) flaws.push(twiceFlaw)
  const once = real.filter((name, index) => name !== 'chunked' || index === real.length - 1)
  const coding = chunked ? once.join(', ') : real.join(', ')
  return {
    end: { by: chunked ? 'chunks' : 'close' },
    fields: flaws.length === 0 ? null : [['Transfer-Encoding', coding]],
    flaws,
    refusal: null,
  }
}

function byLengths(lengths: readonly string[]): BodyLength {
  const plain: BodyLength = { end: { by: 'close' }, fields: null, flaws: [], refusal: null }
  if (lengths.length === 0) return plain
  const wrong = lengths.find((one) => !/^\+?\d+$/.test(one))
  if (wrong !== undefined) return { ...plain, refusal: `${shown(wrong)} is no number of bytes` }
  const sizes = lengths.map(Number)
  const [bytes = 0] = sizes
  if (sizes.some((size) => size !== bytes)) {
    return {
      ...plain,
      refusal: `${lengths.slice(0, 5).map(shown).join(' and ')} contradict each other`,
    }
  }
  if (!Number.isSafeInteger(bytes)) {
    const flaw = `${shown(lengths[0] ?? '')} is more than any body has: it is read to the end of the connection`
    return { ...plain, fields: [], flaws: [flaw] }
  }
  const flaws: string[] = []
  if (lengths.length > 1)
    flaws.push(`Content-Length is there ${lengths.length} times, each time ${bytes}`)
  if (lengths.some((one) => one.startsWith('+'))) flaws.push(`${shown(`+${bytes}`)} has a sign`)
  return {
    end: { by: 'length', bytes },
    fields: flaws.length === 0 ? null : [['Content-Length', String(bytes)]],
    flaws,
    refusal: null,
  }
}

function valuesOf(headers: NamedValues, name: string): readonly string[] {
  return headers.flatMap(([one, value]) =>
    one.toLowerCase() === name ? value.split(',').map((part) => part.trim()) : [],
  )
}

function shown(length: string): string {
  return length === '' ? 'an empty Content-Length' : `“Content-Length: ${cutText(length, 40)}”`
}

const identityFlaw = '“Transfer-Encoding: identity” is no coding any more'
const twiceFlaw = '“Transfer-Encoding: chunked” is there more than once'

function bothFlaw(lengths: readonly string[]): string {
  return `${shown(lengths[0] ?? '')} and Transfer-Encoding contradict each other, of which Transfer-Encoding counts`
}

function notLastFlaw(codings: readonly string[]): string {
  return `“Transfer-Encoding: ${cutText(codings.join(', '), 40)}” does not end in chunked, so the body is read to the end of the connection`
}
