// Judges whether a client has an answer already. [rfc9110] 13.1

import { headerValue } from '../../shared/frame/headerFields.ts'
import type { NamedValues } from '../../shared/text/namedValues.ts'

export interface Conditions {
  /** If-None-Match. */
  readonly tags: string | null
  /** If-Modified-Since. */
  readonly since: string | null
}

export function isConditional({ tags, since }: Conditions): boolean {
  return tags !== null || since !== null
}

/** `headers`: those of the recorded answer. */
export function isNotModified({ tags, since }: Conditions, headers: NamedValues): boolean {
  // [rfc9110] 13.2.2: where both are there, the tags decide.
  if (tags !== null) {
    const tag = headerValue(headers, 'etag')
    return tags.trim() === '*' || (tag !== null && tagsOf(tags).includes(bare(tag)))
  }
  const modified = Date.parse(headerValue(headers, 'last-modified') ?? '')
  return since !== null && modified <= Date.parse(since)
}

function tagsOf(list: string): readonly string[] {
  return list.match(/(?:W\/)?"[^"]*"/g)?.map(bare) ?? []
}

/** A weak tag is as good as a strong one here. [rfc9110] 13.1.2 */
function bare(tag: string): string {
  return tag.trim().replace(/^W\//, '')
}
