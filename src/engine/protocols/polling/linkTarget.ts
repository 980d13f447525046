// Reads the header Link: the URL that an answer links to under a relation. [rfc8288] 3

import type { NamedValues } from '../../../shared/text/namedValues.ts'

/** More of a field is not read. */
const mostChars = 65_536
const link = /[\s,]*<([^<>]*)>((?:[^",<]|"(?:[^"\\]|\\.)*")*)/sy
const param = /;\s*([\w*.-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))/gs

/** As it was written, absolute or relative; null when no link has the relation. */
export function linkTarget(headers: NamedValues, rel: string): string | null {
  for (const [name, value] of headers) {
    if (name.toLowerCase() !== 'link') continue
    link.lastIndex = 0
    const field = value.slice(0, mostChars)
    for (let found = link.exec(field); found; found = link.exec(field)) {
      const [, target = '', params = ''] = found
      // [rfc8288] 3.3: the first `rel` counts.
      const relation = [...params.matchAll(param)].find(([, one]) => one?.toLowerCase() === 'rel')
      const names = (relation?.[2] ?? relation?.[3] ?? '').toLowerCase().split(/\s+/)
      if (names.includes(rel.toLowerCase())) return target
    }
  }
  return null
}
