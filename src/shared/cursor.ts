// A long-polling cursor as it is written: `json:items[0].id`, `header:X-Cursor` → `query:since`.

import type { CursorSource, CursorTarget } from './endpoint.ts'
import { isToken } from './httpSyntax.ts'
import { hasReference } from './references.ts'

// Names are separated by dots; an index, or a name in quotes, stands in brackets. `$` is a name here.
const jsonPath =
  /^(?:[^.[\]\s]+|\[(?:-?\d+|"[^"]*"|'[^']*')\])(?:\.[^.[\]\s]+|\[(?:-?\d+|"[^"]*"|'[^']*')\])*$/

/** Null when the text is no cursor source. */
export function parseCursorSource(text: string): CursorSource | null {
  const [kind, name] = split(text)
  if (kind === 'header') return isHeaderName(name) ? { kind, name } : null
  if (kind !== 'json') return null
  return hasReference(name) || jsonPath.test(name) ? { kind, path: name } : null
}

/** Null when the text is no cursor target. */
export function parseCursorTarget(text: string): CursorTarget | null {
  const [kind, name] = split(text)
  if (kind === 'header') return isHeaderName(name) ? { kind, name } : null
  return kind === 'query' && name !== '' && !/\s/.test(name) ? { kind, name } : null
}

export function formatCursorSource(source: CursorSource): string {
  return source.kind === 'json' ? `json:${source.path}` : `header:${source.name}`
}

export function formatCursorTarget(target: CursorTarget): string {
  return `${target.kind}:${target.name}`
}

function split(text: string): [kind: string, name: string] {
  const colon = text.indexOf(':')
  return colon < 0 ? ['', ''] : [text.slice(0, colon), text.slice(colon + 1)]
}

function isHeaderName(name: string): boolean {
  return hasReference(name) || isToken(name)
}
