// Tells whether a text that the user typed may be kept on disk: one that holds no credential.

import type { Endpoint } from '../endpoint/endpoint.ts'
import type { Secret } from '../session/sessionPlan.ts'
import { bodyCredentials } from './bodyCredentials.ts'
import { queryCredentials } from './credentialNames.ts'
import { createSecretFinder } from './finder/secretFinder.ts'
import { createValueJudge } from './valuePlaces.ts'

export type IsKeepable = (text: string) => boolean

/** Refuses the values of `secrets`, judged as in what `endpoint` records, and what is a credential by its looks or its name. */
export function createIsKeepable(endpoint: Endpoint, secrets: readonly Secret[]): IsKeepable {
  const finder = createSecretFinder(secrets, createValueJudge(endpoint))
  const isFree = (text: string) =>
    finder.hide(text) === text &&
    queryCredentials(text).length === 0 &&
    bodyCredentials(text).length === 0
  // A regular expression writes `\.` for a dot.
  return (text) => isFree(text) && isFree(text.replaceAll('\\', ''))
}
