// Tells whether a text that the user typed may be kept on disk: one that holds no credential.

import type { Endpoint } from '../endpoint/endpoint.ts'
import type { Secret } from '../session/sessionPlan.ts'
import { bodyCredentials } from './bodyCredentials.ts'
import { queryCredentials } from './credentialNames.ts'
import { createSecretFinder } from './finder/secretFinder.ts'
import { createValueJudge } from './valuePlaces.ts'

/** Refuses the values of `secrets`, judged as in what `endpoint` records, and what is a credential by its looks or its name. */
export function createIsKeepable(
  endpoint: Endpoint,
  secrets: readonly Secret[],
): (text: string) => boolean {
  const finder = createSecretFinder(secrets, createValueJudge(endpoint))
  const isFree = (text: string) =>
    finder.hide(text) === text &&
    queryCredentials(text).length === 0 &&
    bodyCredentials(text).length === 0
  return rememberVerdicts((text) => readings(text).every(isFree))
}

/** Of texts that were judged lately so many characters are remembered, and some for each text. */
const rememberedChars = 4 * 1024 * 1024
const charsBeside = 100

/** A judge whose word on a text stays: what was sent is judged anew with each key that is pressed. */
export function rememberVerdicts(judge: (text: string) => boolean): (text: string) => boolean {
  /** The last one asked about is the last. */
  const verdicts = new Map<string, boolean>()
  let chars = 0

  function forget(text: string): void {
    if (verdicts.delete(text)) chars -= text.length + charsBeside
  }

  return (text) => {
    const verdict = verdicts.get(text) ?? judge(text)
    forget(text)
    verdicts.set(text, verdict)
    chars += text.length + charsBeside
    for (const oldest of verdicts.keys()) {
      if (chars <= rememberedChars) break
      forget(oldest)
    }
    return verdict
  }
}

/** What a text may say: a regular expression writes `\.` for a dot. */
export function readings(text: string): readonly string[] {
  return text.includes('\\') ? [text, text.replaceAll('\\', '')] : [text]
}
