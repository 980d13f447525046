// The few of many forms that may begin at a place of a text.

import type { SecretForm } from './secretForms.ts'
import type { SpelledText } from './spelledText.ts'

/** Those that may begin at `at`. */
export type FormsFor = (spelled: SpelledText, text: string, at: number) => Iterable<SecretForm>

/** By their first character, and by the second where both are plain. */
export function groupForms(forms: readonly SecretForm[]): FormsFor {
  const byFirst = new Map<number, SecretForm[]>()
  const byPair = new Map<string, SecretForm[]>()
  for (const form of forms) {
    const first = form.written(0)
    const second = form.length > 1 ? form.written(1) : ['']
    for (const unit of new Set(first.map((written) => written.charCodeAt(0)))) {
      gather(byFirst, unit, form)
    }
    for (const one of first) for (const other of second) gather(byPair, one + other, form)
  }

  return (spelled, text, at) => {
    const pair = text.slice(at, at + 2)
    if (/^[A-Za-z0-9]{2}$/.test(pair))
      return [...(byPair.get(pair) ?? []), ...(byPair.get(text.charAt(at)) ?? [])]
    const units = new Set(spelled.readingsAt(at).map((reading) => reading.text.charCodeAt(0)))
    return [...units].flatMap((unit) => byFirst.get(unit) ?? [])
  }
}

function gather<K>(groups: Map<K, SecretForm[]>, key: K, form: SecretForm): void {
  const others = groups.get(key)
  if (others) others.push(form)
  else groups.set(key, [form])
}
