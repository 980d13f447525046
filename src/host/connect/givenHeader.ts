// A header that the user gives in a form, as data: what goes into the endpoint, and the secrets that it names.

import { checkHeaderName } from '../../shared/endpoint/checks/checkHeaderName.ts'
import type { Auth, Endpoint, Method } from '../../shared/endpoint/endpoint.ts'
import { checkFieldValue } from '../../shared/endpoint/httpSyntax.ts'
import { checkReferences, secretReference } from '../../shared/endpoint/references.ts'
import { mayBeCredential } from '../../shared/secrets/credentialNames.ts'
import { partName } from '../../shared/secrets/implicitNames.ts'
import type { Secret } from '../../shared/session/sessionPlan.ts'

/** A header with its value, or what makes the header Authorization; references stand where secrets do. */
export type GivenField =
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'auth'; readonly auth: Auth }

export interface GivenHeader {
  readonly field: GivenField
  /** To be kept in VS Code's secret storage under the names that the field refers to. */
  readonly secrets: readonly Secret[]
}

/** A name that was typed, with the value where that was typed behind it. */
export interface TypedHeader {
  readonly name: string
  readonly value: string | null
}

/** `X-Key` or `X-Key: abc`. */
export function parseTypedHeader(text: string): TypedHeader {
  const [, name = '', , value = null] = /^\s*([^:]*?)\s*(:\s*(.*?)\s*)?$/s.exec(text) ?? []
  return { name, value: value === '' ? null : value }
}

/** A sentence that says what to change in a typed header, or null. */
export function checkTypedHeader({ name, value }: TypedHeader, method: Method): string | null {
  return checkHeaderName({ method }, name) ?? (value === null ? null : checkGivenValue(value))
}

/** The same for its value alone. */
export function checkGivenValue(value: string): string | null {
  return checkFieldValue(value.trim()) ?? checkReferences(value)
}

/** Whether a header of this name is kept as a secret unless the user says otherwise. */
export function isUsuallySecret(name: string): boolean {
  return /^(?:proxy-)?authorization$|^cookie$/i.test(name) || mayBeCredential(name)
}

/** With the value as it is, in the profile and in captures. It may hold references. */
export function plainHeader(name: string, value: string): GivenHeader {
  return { field: { kind: 'header', name, value: value.trim() }, secrets: [] }
}

/** With a reference in the place of the value; the scheme before credentials stays to be seen. */
export function secretHeader(name: string, value: string): GivenHeader {
  const lower = name.toLowerCase()
  const isLogin = /^(?:proxy-)?authorization$/.test(lower)
  const [, scheme = '', credentials = value.trim()] =
    (isLogin && /^(\S+\s+)(.+)$/s.exec(value.trim())) || []
  if (lower === 'authorization' && /^bearer\s/i.test(scheme)) return bearer(credentials)
  const secret = isLogin || lower === 'cookie' ? lower : partName('header', lower)
  return {
    field: { kind: 'header', name, value: scheme + secretReference(secret) },
    secrets: [{ name: secret, value: credentials }],
  }
}

/** `Authorization: Bearer …` */
export function bearer(token: string): GivenHeader {
  const name = 'auth-token'
  const auth = { type: 'bearer', token: secretReference(name) } as const
  return { field: { kind: 'auth', auth }, secrets: [{ name, value: token.trim() }] }
}

/** `Authorization: Basic …` or `Digest …` */
export function login(type: 'basic' | 'digest', user: string, password: string): GivenHeader {
  const name = 'auth-password'
  const auth = { type, user, password: secretReference(name) } as const
  return { field: { kind: 'auth', auth }, secrets: [{ name, value: password }] }
}

/** The same with other names for its secrets. */
export function renameSecrets(given: GivenHeader, rename: (name: string) => string): GivenHeader {
  const { field } = given
  const put = (text: string) =>
    given.secrets.reduce((left, { name }) => {
      return left.replaceAll(secretReference(name), () => secretReference(rename(name)))
    }, text)
  return {
    field: field.kind === 'header' ? { ...field, value: put(field.value) } : putAuth(field, put),
    secrets: given.secrets.map((secret) => ({ ...secret, name: rename(secret.name) })),
  }
}

function putAuth(
  { auth }: GivenField & { kind: 'auth' },
  put: (text: string) => string,
): GivenField {
  if (auth.type === 'bearer') return { kind: 'auth', auth: { ...auth, token: put(auth.token) } }
  if ('password' in auth) {
    return { kind: 'auth', auth: { ...auth, password: put(auth.password) } }
  }
  return { kind: 'auth', auth: { ...auth, value: put(auth.value) } }
}

/** Its name, as a header's. */
export function headerName({ field }: GivenHeader): string {
  return field.kind === 'header' ? field.name : 'Authorization'
}

/** What is sent, with dots where a secret stands; references that the user wrote stay. */
export function shownValue({ field, secrets }: GivenHeader): string {
  const hide = (text: string) =>
    secrets.reduce((left, { name }) => left.replaceAll(secretReference(name), '••••••••'), text)
  if (field.kind === 'header') return hide(field.value)
  const { auth } = field
  if (auth.type === 'bearer') return `Bearer ${hide(auth.token)}`
  const scheme = auth.type === 'digest' ? 'Digest' : 'Basic'
  return 'user' in auth ? `${scheme} ${auth.user}:${hide(auth.password)}` : hide(auth.value)
}

/** The endpoint with the header, in the place of what it had under that name. */
export function withHeader(endpoint: Endpoint, given: GivenHeader): Endpoint {
  const { field } = given
  const name = headerName(given).toLowerCase()
  const headers = endpoint.headers.filter(([other]) => other.toLowerCase() !== name)
  if (field.kind === 'auth') return { ...endpoint, headers, auth: field.auth }
  return {
    ...endpoint,
    headers: [...headers, [field.name, field.value]],
    // A header of the user's own goes before it, so it would only mislead.
    auth: name === 'authorization' ? null : endpoint.auth,
  }
}
