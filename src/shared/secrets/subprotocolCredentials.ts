// Finds credentials in the subprotocols of a WebSocket, where browsers put tokens because they can set no header.

import { parseBase64 } from '../endpoint/messageBytes.ts'
import { minCredentialChars } from './credentialNames.ts'

/** A name of a protocol is not so long, or not so mixed. */
const leastMixed = 20

/**
 * Of the protocols in their order: what follows a name in one (`bearer.…`, `token-…`), the one that follows a name,
 * and what is no name by its looks. Some are parts of others.
 */
export function subprotocolCredentials(protocols: readonly string[]): readonly string[] {
  return protocols.flatMap((protocol, i) => {
    const named = behindName(protocol)
    if (named.length > 0) return named
    const before = protocols[i - 1] ?? ''
    return minCredentialChars(before) !== null || isMixed(protocol) ? [protocol] : []
  })
}

function behindName(protocol: string): readonly string[] {
  const [, dashed] =
    /^(?:.*[-.])?(?:api-?key|token|secret|bearer|password|jwt)[.-](.+)$/i.exec(protocol) ?? []
  const parts = protocol.split('.')
  const named = parts.findLastIndex((part) => minCredentialChars(part) !== null)
  const rest = named < 0 ? '' : parts.slice(named + 1).join('.')
  // Kubernetes has its own name between the two: `authorization.k8s.io.…`.
  const last = named < 0 || named === parts.length - 1 ? '' : (parts.at(-1) ?? '')
  const encoded = parts[0] === 'base64url' ? (parts.at(-1) ?? '') : ''
  return [dashed ?? '', rest, last, decoded(encoded)].filter((one) => one !== '')
}

/** What the server makes of it, and may name. Empty where it is no base64 for URLs. */
function decoded(text: string): string {
  const bytes = parseBase64(text)
  return bytes === null ? '' : new TextDecoder().decode(bytes)
}

function isMixed(text: string): boolean {
  return text.length >= leastMixed && [/[a-z]/, /[A-Z]/, /\d/].every((kind) => kind.test(text))
}
