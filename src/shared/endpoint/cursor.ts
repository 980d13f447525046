// A long-polling cursor as it is written: `json:items[0].id + 1`, `header:X-Cursor`, `link:next` → `query:since`, `url`.

import { isNamesPath, parseOnePlace } from '../text/jsonPath.ts'
import type { CursorSource, CursorTarget, Endpoint } from './endpoint.ts'
import { isToken } from './httpSyntax.ts'
import { hasReference } from './references.ts'

/** A whole number that is added to a cursor: ` + 1`. A name may hold the sign, but no space. */
export const stepPattern = ' +[+-] *\\d{1,15}'

const withStep = /^(.*?) +([+-]) *(\d{1,15})$/s

/** Null when it is no cursor source. */
export function parseCursorSource(written: unknown): CursorSource | null {
  if (written === 'validators') return { kind: written }
  const [kind, place] = split(written)
  if (kind === 'link') return hasReference(place) || isToken(place) ? { kind, rel: place } : null
  const [, before = place, sign, digits] = withStep.exec(place) ?? []
  const step = digits === undefined ? {} : { step: Number(`${sign}${digits}`) }
  if (kind === 'header') return isHeaderName(before) ? { kind, name: before, ...step } : null
  if (kind !== 'json') return null
  return hasReference(before) || parseOnePlace(before) ? { kind, path: before, ...step } : null
}

/** Null when it is no cursor target; `validators` is never written as one. */
export function parseCursorTarget(written: unknown): CursorTarget | null {
  if (written === 'url') return { kind: written }
  const [kind, name] = split(written)
  if (kind === 'header') return isHeaderName(name) ? { kind, name } : null
  if (kind === 'body') return hasReference(name) || isNamesPath(name) ? { kind, path: name } : null
  return kind === 'query' && name !== '' && !/\s/.test(name) ? { kind, name } : null
}

export function formatCursor({ from, to }: NonNullable<Endpoint['cursor']>): {
  readonly from: string
  readonly to?: string
} {
  if (from.kind === 'validators' || to.kind === 'validators') return { from: 'validators' }
  return { from: formatSource(from), to: formatTarget(to) }
}

function formatSource(from: Exclude<CursorSource, { kind: 'validators' }>): string {
  if (from.kind === 'link') return `link:${from.rel}`
  const { step } = from
  const added = step === undefined ? '' : ` ${step < 0 ? '-' : '+'} ${Math.abs(step)}`
  return (from.kind === 'json' ? `json:${from.path}` : `header:${from.name}`) + added
}

function formatTarget(to: Exclude<CursorTarget, { kind: 'validators' }>): string {
  if (to.kind === 'url') return 'url'
  return to.kind === 'body' ? `body:${to.path}` : `${to.kind}:${to.name}`
}

function split(text: unknown): [kind: string, name: string] {
  if (typeof text !== 'string') return ['', '']
  const colon = text.indexOf(':')
  return colon < 0 ? ['', ''] : [text.slice(0, colon), text.slice(colon + 1)]
}

function isHeaderName(name: string): boolean {
  return hasReference(name) || isToken(name)
}
