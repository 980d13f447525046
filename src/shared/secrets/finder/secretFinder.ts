// Finds the values of secrets in text, in every form in which they cross the wire, and puts references in their place.

import { secretReference } from '../../endpoint/references.ts'
import type { Secret } from '../../session/sessionPlan.ts'
import { groupForms } from './formGroups.ts'
import { createEndFinder } from './secretEnds.ts'
import { type SecretForm, secretForms } from './secretForms.ts'
import { type Cut, type FormMatch, type MatchPlace, matchForm } from './secretMatch.ts'
import { createStarts } from './secretStarts.ts'
import { createTrail, type Trail } from './secretTrail.ts'
import { spelledText } from './spelledText.ts'

export interface HideOptions {
  /** `never` when it is left out. */
  readonly cut?: Cut
  /** How a reference is written; as it is when it is left out. */
  readonly write?: (reference: string) => string
  /** The header field whose value the text is. */
  readonly field?: string
  /** The text may begin within a value. */
  readonly begun?: boolean
  /** Lifeline wrote the text: a word in it is a word. */
  readonly own?: boolean
}

export interface SecretFinder {
  /** No value can be found. */
  readonly isEmpty: boolean
  /**
   * The text with `${secret:name}` in the place of each value. Where values overlap the one that begins first
   * wins, then the longer. Bytes of any kind may be read as Latin-1.
   */
  hide(text: string, options?: HideOptions): string
  /** Whether a value stands in the text, whole. */
  holds(text: string): boolean
}

/** A value that was found in a text, from `start` to `end`. */
export interface FoundValue {
  readonly text: string
  readonly start: number
  readonly end: number
  /** Of the secret. */
  readonly name: string
  readonly value: string
  /** As the options of `hide` say. */
  readonly field: string
  readonly own: boolean
}

/** Whether a text that looks like the value can be it. */
export type IsMeant = (found: FoundValue) => boolean

/**
 * No expression is made of the values, which may be of any length, and the time grows with the text. A value that
 * repeats what may be read in several ways is the exception, in a text that repeats the same. `hide` leaves what is not
 * meant; `holds` asks nobody.
 */
export function createSecretFinder(
  secrets: readonly Secret[],
  isMeant: IsMeant = () => true,
): SecretFinder {
  const forms = secrets.flatMap(secretForms)
  const isEmpty = forms.length === 0
  const formsFor = groupForms(forms)
  const startsIn = createStarts(forms)
  const findEnd = createEndFinder(forms)

  /** Finds what begins at or after a place, one after the other; null where there is nothing to be found. */
  function search(
    text: string,
    cut: Cut,
    accepts: Accepts,
  ): ((from: number) => FormMatch | null) | null {
    const nextStart = startsIn(text)
    const first = nextStart(0)
    if (first < 0) return null
    const spelled = spelledText(text)
    const trails = new Map<SecretForm, Trail | null>()
    const trailOf = (form: SecretForm) => {
      const known = trails.get(form)
      if (known !== undefined) return known
      const trail = createTrail(form)
      trails.set(form, trail)
      return trail
    }
    return (from) => {
      for (let at = nextStart(Math.max(first, from)); at >= 0; at = nextStart(at + 1)) {
        const place = { text, spelled, at, from, cut, trailOf }
        const found = longest(formsFor(spelled, text, at), place, accepts)
        if (found !== null) return found
      }
      return null
    }
  }

  return {
    isEmpty,
    hide(text, { cut = 'never', write = asItIs, field = '', begun = false, own = false } = {}) {
      const accepts: Accepts = ({ value }, { start, end, name }) =>
        isMeant({ text, start, end, name, value, field, own })
      const find = isEmpty ? null : search(text, cut, accepts)
      const end = begun && !isEmpty ? findEnd(text, spelledText(text)) : null
      let clean = end === null ? '' : write(secretReference(end.name))
      let done = end?.end ?? 0
      for (let found = find?.(done); found; found = find?.(done)) {
        clean += text.slice(done, found.start) + write(secretReference(found.name))
        done = found.end
      }
      return done === 0 ? text : clean + text.slice(done)
    },
    holds: (text) => !isEmpty && search(text, 'never', () => true)?.(0) != null,
  }
}

type Accepts = (form: SecretForm, match: FormMatch) => boolean

const asItIs = (reference: string) => reference

function longest(
  forms: Iterable<SecretForm>,
  place: MatchPlace,
  accepts: Accepts,
): FormMatch | null {
  let best: FormMatch | null = null
  for (const form of forms) {
    const found = matchForm(form, place)
    if (found === null || (best !== null && found.end <= best.end)) continue
    if (accepts(form, found)) best = found
  }
  return best
}
