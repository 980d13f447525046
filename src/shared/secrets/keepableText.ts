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
  return (text) => readings(text).every(isFree)
}

/** What a text may say: a regular expression writes `\.` for a dot. */
export function readings(text: string): readonly string[] {
  return text.includes('\\') ? [text, text.replaceAll('\\', '')] : [text]
}
