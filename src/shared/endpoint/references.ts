// `${…}` references in text: found, checked and replaced.

/** What a reference can name. `workspaceFolder` may and `userHome` must stand without a name. */
export type ReferenceKind = 'env' | 'workspaceFolder' | 'userHome' | 'config' | 'input' | 'secret'

export interface Reference {
  readonly kind: ReferenceKind
  /** Empty when it has none. */
  readonly name: string
}

const namedKinds: Record<ReferenceKind, 'always' | 'maybe' | 'never'> = {
  env: 'always',
  workspaceFolder: 'maybe',
  userHome: 'never',
  config: 'always',
  input: 'always',
  secret: 'always',
}

// `$${…}` stands for a literal `${…}`. A `${` that is never closed is text.
const referenceShape = /(\$?)\$\{([^{}]*)\}/g

const forms =
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the forms are what the user writes
  '${env:NAME}, ${workspaceFolder}, ${workspaceFolder:name}, ${userHome}, ${config:section.key}, ${input:id} or ${secret:name}'

/** Whether a text changes when its references are resolved. */
export function hasReference(text: string): boolean {
  return text.search(referenceShape) >= 0
}

/** `${kind:name}`. */
export function formatReference({ kind, name }: Reference): string {
  return name === '' ? `\${${kind}}` : `\${${kind}:${name}}`
}

/**
 * The text of a frame as a profile writes it: a frame holds references to secrets and no others, so what looks like
 * another one is text.
 */
export function profileText(recorded: string): string {
  return recorded.replace(/\$\{(secret:)?([^{}]*)\}/g, (found, isSecret, name: string) => {
    if (!isSecret) return `$${found}`
    return name.startsWith('input:') ? `\${${name}}` : found
  })
}

/** `${secret:name}`, for what must not be written down. */
export function secretReference(name: string): string {
  return formatReference({ kind: 'secret', name })
}

/** The name under which its value is recorded: `token` for `${secret:token}`, `input:token` for `${input:token}`. */
export function secretName({ kind, name }: Reference): string {
  return kind === 'secret' ? name : `${kind}:${name}`
}

/** The environment variable that holds its value for a command line: `LIFELINE_SECRET_API_KEY` for `api-key`. */
export function shellVariable(kind: 'secret' | 'input', name: string): string {
  return `LIFELINE_${kind}_${name}`.toUpperCase().replace(/[^A-Z0-9_]/g, '_')
}

/** The references of a text in order, but those that `checkReferences` has something against. */
export function findReferences(text: string): readonly Reference[] {
  return innerTexts(text).flatMap((inner) => parseReference(inner) ?? [])
}

/** A sentence about the first reference that cannot be resolved, or null. */
export function checkReferences(text: string): string | null {
  const wrong = innerTexts(text).find((inner) => parseReference(inner) === null)
  if (wrong === undefined) return null
  const shown = shownReference(wrong)
  return `Lifeline does not know ${shown}. Use ${forms}, or write $${shown} for that very text.`
}

/** What stands between the braces. */
function innerTexts(text: string): readonly string[] {
  const found = [...text.matchAll(referenceShape)]
  return found.flatMap(([, escaped, inner = '']) => (escaped ? [] : [inner]))
}

/** Without what may be part of a password that happens to hold one: the word that says its kind. */
function shownReference(inner: string): string {
  const [, kind = '', name] = /^([A-Za-z]{1,24})?(:.*)?$/s.exec(inner) ?? []
  return `\${${kind === '' ? '…' : name === undefined ? kind : `${kind}:…`}}`
}

/** The text with each reference replaced and each `$${` unescaped. */
export function replaceReferences(text: string, lookUp: (reference: Reference) => string): string {
  return text.replace(referenceShape, (whole: string, escaped: string, inner: string) => {
    if (escaped) return whole.slice(1)
    const reference = parseReference(inner)
    return reference ? lookUp(reference) : whole
  })
}

function parseReference(inner: string): Reference | null {
  const colon = inner.indexOf(':')
  const kind = colon < 0 ? inner : inner.slice(0, colon)
  const name = colon < 0 ? '' : inner.slice(colon + 1).trim()
  if (!Object.hasOwn(namedKinds, kind)) return null
  const needs = namedKinds[kind as ReferenceKind]
  if (needs === 'always' && name === '') return null
  if (needs === 'never' && colon >= 0) return null
  return { kind: kind as ReferenceKind, name }
}
