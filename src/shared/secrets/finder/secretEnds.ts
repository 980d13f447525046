// Finds the last part of a secret at the beginning of a text: the first part stood at the end of another one.

import { type FormsFor, groupForms } from './formGroups.ts'
import type { SecretForm } from './secretForms.ts'
import { type FormMatch, type MatchPlace, walkForm, wholeEnd } from './secretMatch.ts'
import type { SpelledText } from './spelledText.ts'

/** What a longer form of a value ends with is looked for in so many of its last characters. */
const mostChars = 4096

/** The longest of them; null where there is none of a length that tells. */
export type FindEnd = (text: string, spelled: SpelledText) => FormMatch | null

export function createEndFinder(forms: readonly SecretForm[]): FindEnd {
  /** Made when they are first asked for, as few texts begin within a value. */
  let endsFor: FormsFor | null = null

  /** The longest that begins at `at`. */
  function longestAt(known: FormsFor, place: MatchPlace): FormMatch | null {
    let best: FormMatch | null = null
    for (const form of known(place.spelled, place.text, place.at)) {
      const walk = walkForm(form, place)
      if (walk.matched < form.length) continue
      const end = wholeEnd(form, place, Math.max(...walk.ends))
      if (best === null || end > best.end) best = { start: 0, end, name: form.name }
    }
    return best
  }

  return (text, spelled) => {
    endsFor ??= groupForms(endsOf(forms))
    const [rest = ''] = restOfSpelling.exec(text) ?? []
    for (let at = 0; at <= rest.length; at++) {
      const found = longestAt(endsFor, {
        text,
        spelled,
        at,
        from: 0,
        cut: 'never',
        trailOf: () => null,
      })
      if (found !== null) return found
    }
    return null
  }
}

/** The cut may have gone through a character that is spelled: `%2F`, `\u0061`, `&#34;`. */
const restOfSpelling = /^[\dA-Fa-fux#%]{0,6};?/

function endsOf(forms: readonly SecretForm[]): readonly SecretForm[] {
  return forms.flatMap((form) => {
    const first = Math.max(1, form.length - mostChars)
    const count = Math.max(0, form.length - form.leastCut - first + 1)
    return Array.from({ length: count }, (_, index) => endOf(form, first + index))
  })
}

function endOf(form: SecretForm, from: number): SecretForm {
  return {
    ...form,
    length: form.length - from,
    literal: form.literal.slice(from),
    written: (index) => form.written(from + index),
    backslashes: (index) => form.backslashes(from + index),
  }
}
