// Whose variables count when a capture is connected again and no profile of this window made it.

import type { Endpoint } from '../shared/endpoint.ts'
import { mapEndpointFiles, mapEndpointText } from '../shared/mapEndpointText.ts'
import { findReferences } from '../shared/references.ts'
import type { VariableScope } from './variables.ts'

/**
 * A capture may come from anywhere: it gets none of the secrets that were given to profiles, but those
 * that the user gives for its server. In a workspace that is not trusted it gets nothing of this machine.
 */
export function captureScope(endpoint: Endpoint, trusted: boolean): VariableScope {
  return {
    secretOwner: serverOf(endpoint.url),
    ...(!trusted && takesFromMachine(endpoint) && { trusted: false }),
  }
}

/** `https://host:port`, references unresolved; of a Unix socket its path. */
function serverOf(url: string): string {
  const [, scheme, host] = /^([a-z][a-z0-9+.-]*:\/\/)(?:[^/?#]*@)?([^/?#]*)/i.exec(url) ?? []
  return scheme === undefined ? (url.split('?', 1)[0] ?? '') : `${scheme}${host}`
}

/** Whether it reads files, the environment or settings. */
function takesFromMachine(endpoint: Endpoint): boolean {
  let takes = false
  mapEndpointText(endpoint, (text) => {
    const references = findReferences(text)
    takes ||= typeof references === 'string' || references.some(({ kind }) => kind !== 'secret')
    return text
  })
  mapEndpointFiles(endpoint, (path) => {
    takes ||= path !== ''
    return path
  })
  return takes
}
