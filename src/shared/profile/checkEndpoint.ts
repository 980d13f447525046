// Checks a complete endpoint: no value that no peer would accept, no fields that contradict each other.

import type { Endpoint } from '../endpoint/endpoint.ts'
import type { Problem, Report } from '../endpoint/problem.ts'
import { checkReferences, hasReference } from '../endpoint/references.ts'
import { mapEndpointFiles, mapEndpointText } from './mapEndpointText.ts'
import { profileFields } from './profileFields.ts'

/**
 * All problems: first of references, then of each field in order, then of files. In an unresolved endpoint a
 * text with references is checked as far as it can be; check the resolved one again.
 */
export function checkEndpoint(
  endpoint: Endpoint,
  stage: 'unresolved' | 'resolved',
): readonly Problem[] {
  const problems: Problem[] = []
  const open = (text: string) => stage === 'unresolved' && hasReference(text)
  const report: Report = (path, message) => {
    if (message !== null) problems.push({ path, message })
  }

  if (stage === 'unresolved') {
    mapEndpointText(endpoint, (text, path) => {
      // A URL's own check says it.
      if (path !== 'url') report(path, checkReferences(text))
      return text
    })
  }
  for (const field of profileFields) field.check?.(endpoint, { stage, open, report })
  mapEndpointFiles(endpoint, (file, path) => {
    if (file === '') report(path, 'Name a file, or remove the field.')
    return file
  })
  return problems
}
