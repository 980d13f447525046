// Finds a form of a secret that stands at a place of a text, whole or as far as the text goes.

import type { SecretForm, Written } from './secretForms.ts'
import { several, type Trail } from './secretTrail.ts'
import { isEnd, mayBeginSpelling, type SpelledText } from './spelledText.ts'

/**
 * The first part of a value at the end of a text: `sure` where the text is known to be cut, `likely` where it may be,
 * `never` where it is whole. Text before a `…` is always known to be cut, quoted text (`”`) may be.
 */
export type Cut = 'never' | 'likely' | 'sure'

export interface FormMatch {
  readonly start: number
  readonly end: number
  /** Of the secret. */
  readonly name: string
}

export interface MatchPlace {
  readonly text: string
  readonly spelled: SpelledText
  /** Where the form's first character may stand. */
  readonly at: number
  /** Nothing before it is free any more. */
  readonly from: number
  readonly cut: Cut
  /** What earlier walks of a form through the text tell. */
  trailOf(form: SecretForm): Trail | null
}

/** Ways to read one stretch of text that are followed side by side; nobody writes so that there are more. */
const mostPlaces = 32
/** Deeper lines are no base64. */
const mostIndent = 64
/** Compared at once. */
const stretch = 32

export function matchForm(form: SecretForm, place: MatchPlace): FormMatch | null {
  const { name, alone, sharedBefore } = form
  const { text, spelled, at, from, cut } = place
  const hasDigitBefore = at > 0 && isBase64Digit(text.charCodeAt(at - 1))
  if (alone && hasDigitBefore) return null
  const start = sharedBefore && hasDigitBefore && at > from ? at - 1 : at
  const walk = walkForm(form, place)
  if (walk.matched === form.length) {
    const end = wholeEnd(form, place, Math.max(...walk.ends))
    return alone && isBase64Digit(text.charCodeAt(end)) ? null : { start, end, name }
  }
  const end =
    walk.ranOutAt === null
      ? walk.ends.find((one) => isEnd(text, one))
      : spelled.endAfter(walk.ranOutAt)
  if (end === undefined) return null
  return walk.matched < leastMatched(form, text.charAt(end), cut) ? null : { start, end, name }
}

/** How many characters tell that a value was cut: before `…` it was, within quotes it may have been. */
function leastMatched({ leastCut, leastSureCut }: SecretForm, mark: string, cut: Cut): number {
  if (mark === '…' || (mark === '' && cut === 'sure')) return leastSureCut
  return mark === '' && cut === 'never' ? Number.POSITIVE_INFINITY : leastCut
}

/** What follows base64 and belongs to it. */
export function wholeEnd({ kind, sharedAfter }: SecretForm, place: MatchPlace, at: number): number {
  if (kind !== 'base64') return at
  let end = sharedAfter && isBase64Digit(place.text.charCodeAt(at)) ? at + 1 : at
  for (let count = 0; count < 2; count++) end = Math.max(end, ...endsOf(['='], [end], place))
  return end
}

export interface Walk {
  /** Where what matched may end. */
  readonly ends: readonly number[]
  /** How many characters of the form matched, for certain. */
  readonly matched: number
  /** Where the next one may be spelled, but that the text ends or was cut; null where nothing did. */
  readonly ranOutAt: number | null
}

/** How far the form goes from `place.at` on. */
export function walkForm(form: SecretForm, place: MatchPlace): Walk {
  const { length, kind, literal } = form
  const { text, spelled, at } = place
  let trail = place.trailOf(form)
  let places: readonly number[] = [at]
  let matched = 0
  let known = trail?.begin(at) ?? null
  let ranOut: Walk | null = null
  while (matched < length) {
    if (known !== null) {
      places = [known.end]
      matched = known.matched
    }
    const [only = 0] = places
    // Nearly always: one place, and characters as they are, which stand for nothing else.
    if (places.length === 1) {
      const same = sameLength(literal, matched, text, only)
      if (same > 0) {
        places = [only + same]
        matched += same
        known = trail?.reach(only + same, same) ?? null
        continue
      }
    }
    const run = places.length === 1 ? form.backslashes(matched) : 0
    if (run >= leastRun) {
      const there = spelled.backslashes(only)
      const afterRun = runEnds(run, there, only)
      if (afterRun.length > 0) {
        trail = known = null
        places = afterRun
        matched += run
        continue
      }
      // A text spells all characters of a run in the same way.
      if (there > mostBeforeCode) {
        return { ends: [only + there], matched: matched + there, ranOutAt: null }
      }
    }
    spelled.ranOut()
    const from = kind === 'base64' && matched > 0 ? afterBreaks(places, place) : places
    const next = endsOf(form.written(matched), from, place)
    if (spelled.ranOut()) ranOut = { ends: places, matched, ranOutAt: Math.min(...places) }
    if (next.length === 0) break
    places = next
    matched += 1
    if (ranOut !== null) trail = null
    known = trail?.reach(places.length === 1 ? (places[0] ?? 0) : several, 1) ?? null
  }
  return matched < length && ranOut ? ranOut : { ends: places, matched, ranOutAt: null }
}

/** How many characters from here on are the same and nothing else; 0 says little. */
function sameLength(literal: string, from: number, text: string, at: number): number {
  const part = literal.slice(from, from + stretch)
  if (part.length === stretch && text.startsWith(part, at) && !spelling.test(part)) return stretch
  const unit = text.charCodeAt(at)
  return unit === literal.charCodeAt(from) && !mayBeginSpelling(unit) ? 1 : 0
}

/** So many backslashes in a row are read at once: one by one there are too many ways to. */
const leastRun = 4

/** As many stand before `u005c` where JSON is in JSON in JSON. */
const mostBeforeCode = 4

/** JSON writes each of them twice, JSON in JSON four times. `there`: how many there are in the text. */
function runEnds(run: number, there: number, at: number): readonly number[] {
  return [1, 2, 4, 8].filter((times) => run * times <= there).map((times) => at + run * times)
}

const spelling = /[%&+\\]/

/** Where a character ends that is written in one of these ways, spelled or not, from any of the places on. */
function endsOf(
  written: Written,
  places: readonly number[],
  { spelled }: MatchPlace,
): readonly number[] {
  const ends = new Set<number>()
  for (const units of written) {
    let reached = places.map((at) => ({ at, left: units }))
    while (reached.length > 0) {
      reached = reached.flatMap(({ at, left }) =>
        spelled
          .readingsAt(at)
          .filter((reading) => left.startsWith(reading.text))
          .map(({ text: read, end }) => ({ at: end, left: left.slice(read.length) })),
      )
      for (const { at, left } of reached) if (left === '') ends.add(at)
      reached = reached.filter(({ left }) => left !== '')
    }
  }
  return [...ends].slice(0, mostPlaces)
}

/** [rfc2045] 6.8: base64 in lines; [rfc2849] and others indent them. */
function afterBreaks(places: readonly number[], place: MatchPlace): readonly number[] {
  const afterReturn = endsOf(['\r'], places, place)
  const breaks = endsOf(['\n'], [...places, ...afterReturn], place)
  return [...places, ...breaks, ...breaks.flatMap((at) => afterIndent(place.text, at))]
}

function afterIndent(text: string, from: number): readonly number[] {
  let at = from
  while (at - from < mostIndent && (text[at] === ' ' || text[at] === '\t')) at++
  return at === from ? [] : [at]
}

function isBase64Digit(unit: number): boolean {
  const lower = unit | 0x20
  return (
    (unit >= 0x30 && unit <= 0x39) ||
    (lower >= 0x61 && lower <= 0x7a && unit < 0x80) ||
    unit === 0x2b ||
    unit === 0x2f ||
    unit === 0x2d ||
    unit === 0x5f
  )
}
