// The request in the companion's form, and the hint about it before it is sent.

import type { OfferedRequest } from '../../shared/calls/messages.ts'
import type { SavedRequest } from '../../shared/endpoint/endpoint.ts'
import { hasReference } from '../../shared/endpoint/references.ts'
import { looksLikeJson } from '../../shared/text/jsonText.ts'
import { findJsonProblem } from '../json/jsonProblem.ts'
import { formatHeaderLines } from './headerLines.ts'
import { filledHint, type Hint, savedHint, unfilledReferences } from './hint.ts'
import { spanOf } from './mistakeSpan.ts'

/** As people type it. */
export interface RequestDraft {
  readonly httpMethod: string
  readonly url: string
  /** One `Name: value` a line. */
  readonly headers: string
  /** Empty for none. */
  readonly body: string
}

export const freshRequest: RequestDraft = {
  httpMethod: 'POST',
  url: '',
  headers: 'Content-Type: application/json',
  body: '',
}

/** The draft that a saved request fills the form with. */
export function requestDraftOf({ request, url, headers, body }: SavedRequest): RequestDraft {
  return { httpMethod: request, url, headers: formatHeaderLines(headers), body: body ?? '' }
}

/** The saved request of that name, while it stands in the form unchanged; otherwise undefined. */
export function savedRequestIn(
  draft: RequestDraft,
  requests: readonly OfferedRequest[],
  name: string | null,
): OfferedRequest | undefined {
  const saved = requests.find((request) => request.name === name)
  if (!saved) return undefined
  const before = requestDraftOf(saved)
  const same =
    before.httpMethod === draft.httpMethod &&
    before.url === draft.url &&
    before.headers === draft.headers &&
    before.body === draft.body
  return same ? saved : undefined
}

/** `saved`: the saved request that stands in the form unchanged; `of`: the frame that was put into it. */
export function requestHint(
  { url, headers, body }: RequestDraft,
  saved: SavedRequest | undefined,
  of: number | null = null,
): Hint {
  if (saved) return savedHint(saved.name)
  if ([url, headers, body].some(hasReference)) {
    if (of !== null) return filledHint(of)
    return { text: unfilledReferences('request'), tone: 'warning' }
  }
  return bodyHint(body)
}

function bodyHint(body: string): Hint {
  const problem = looksLikeJson(body) ? findJsonProblem(body) : null
  if (problem === null) return { text: '', tone: '' }
  const { line, column, message } = problem
  const text = `Body, line ${line}, column ${column}: ${message}. It can still be sent.`
  return { text, tone: spanOf(body, problem) === null ? '' : 'warning' }
}
