// A long-polling cursor as it is written: `json:items[0].id`, `header:X-Cursor`, `validators` → `query:since`, `body:after.id`.

import { profilesLimits } from '../limits.ts'
import type { CursorSource, CursorTarget, Endpoint } from './endpoint.ts'
import { isToken } from './httpSyntax.ts'
import { hasReference } from './references.ts'

const name = '[^.[\\]\\s]+'
const quotedName = `"[^"]*"|'[^']*'`

/** Names separated by dots; an index, or a name in quotes, stands in brackets. `$` is a name here. */
export const jsonPathPattern = pathPattern(`-?\\d+|${quotedName}`)

/** The same without an index, which makes no sense in a body that may not be there yet. */
export const namePathPattern = pathPattern(quotedName)

const jsonPath = new RegExp(`^${jsonPathPattern}$`)
const namePath = new RegExp(`^${namePathPattern}$`)

function pathPattern(bracketed: string): string {
  return `(?:${name}|\\[(?:${bracketed})\\])(?:\\.${name}|\\[(?:${bracketed})\\])*`
}

/** Whether the text names a place in a JSON value, as long as paths may be: `$.items[0].id`. */
export function isJsonPath(text: string): boolean {
  return text.length <= profilesLimits.pathChars && jsonPath.test(text)
}

/** Whether each step of a JSON path is a name, so that it can be made where it is missing. */
export function isNamePath(text: string): boolean {
  return text.length <= profilesLimits.pathChars && namePath.test(text)
}

/** Null when it is no cursor source. */
export function parseCursorSource(written: unknown): CursorSource | null {
  if (written === 'validators') return { kind: written }
  const [kind, name] = split(written)
  if (kind === 'header') return isHeaderName(name) ? { kind, name } : null
  if (kind !== 'json') return null
  return hasReference(name) || isJsonPath(name) ? { kind, path: name } : null
}

/** Null when it is no cursor target; `validators` is never written as one. */
export function parseCursorTarget(written: unknown): CursorTarget | null {
  const [kind, name] = split(written)
  if (kind === 'header') return isHeaderName(name) ? { kind, name } : null
  if (kind === 'body') return hasReference(name) || isNamePath(name) ? { kind, path: name } : null
  return kind === 'query' && name !== '' && !/\s/.test(name) ? { kind, name } : null
}

export function formatCursor({ from, to }: NonNullable<Endpoint['cursor']>): {
  readonly from: string
  readonly to?: string
} {
  if (from.kind === 'validators' || to.kind === 'validators') return { from: 'validators' }
  return {
    from: from.kind === 'json' ? `json:${from.path}` : `header:${from.name}`,
    to: to.kind === 'body' ? `body:${to.path}` : `${to.kind}:${to.name}`,
  }
}

function split(text: unknown): [kind: string, name: string] {
  if (typeof text !== 'string') return ['', '']
  const colon = text.indexOf(':')
  return colon < 0 ? ['', ''] : [text.slice(0, colon), text.slice(colon + 1)]
}

function isHeaderName(name: string): boolean {
  return hasReference(name) || isToken(name)
}
