// Chooses the variables that a saved capture may use when it is connected again and no profile of this window made it.

import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { checkReferences, findReferences } from '../../shared/endpoint/references.ts'
import { mapEndpointFiles, mapEndpointText } from '../../shared/profile/mapEndpointText.ts'
import { peersOf } from './peers.ts'
import type { VariableScope } from './windowVariables.ts'

/**
 * A capture may come from anywhere: it gets none of the secrets that were given to profiles, but those
 * that the user gives for its servers. In a workspace that is not trusted it gets nothing of this machine, and
 * reaches this machine and its network only where the user says so; it is not tapped, which takes in what others send.
 */
export function captureVariableScope(endpoint: Endpoint, trusted: boolean): VariableScope {
  const peers = peersOf(endpoint)
  return {
    secretOwner: peers.join(', '),
    peers,
    ...(!trusted && { asksForNear: true }),
    ...(!trusted && (takesFromMachine(endpoint) || endpoint.tap !== null) && { trusted: false }),
  }
}

/**
 * Whether a capture with a profile's name is the profile's: it may claim its URL too, and have its secrets
 * sent elsewhere. Where its references lead is for `strayPeer` to say.
 */
export function isCapturedFrom(profile: Endpoint, captured: Endpoint): boolean {
  return profile.url === captured.url && peersOf(profile).join() === peersOf(captured).join()
}

/** Whether it reads files, the environment or settings. */
function takesFromMachine(endpoint: Endpoint): boolean {
  let takes = false
  mapEndpointText(endpoint, (text) => {
    takes ||= checkReferences(text) !== null
    takes ||= findReferences(text).some(({ kind }) => kind !== 'secret')
    return text
  })
  mapEndpointFiles(endpoint, (path) => {
    takes ||= path !== ''
    return path
  })
  return takes
}
