// The form in which a profile keeps what a frame carries: references in the place of secrets, or a sentence why it cannot be kept.

import type { CompanionRequest, Endpoint, MessageContent } from '../../shared/endpoint/endpoint.ts'
import {
  findReferences,
  hasReference,
  profileText,
  secretName,
} from '../../shared/endpoint/references.ts'
import type { Frame, FrameOf } from '../../shared/frame/frame.ts'
import { ownHeaders } from '../../shared/frame/ownHeaders.ts'
import { keptAs } from '../../shared/frame/sentAgain.ts'
import { sendLimits } from '../../shared/limits.ts'
import { mapEndpointText } from '../../shared/profile/mapEndpointText.ts'
import { isImplicitName } from '../../shared/secrets/implicitNames.ts'
import { requestSecrets } from '../../shared/secrets/implicitSecrets.ts'
import { hexOf } from '../../shared/text/hexRows.ts'
import { latin1 } from '../../shared/text/latin1.ts'
import { toBase64 } from '../../shared/text/toBase64.ts'
import { formatLimit } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { HostSession } from '../sessions/hostSession.ts'

/** As it was recorded, to be offered at once; `profileText` of it belongs into the file. */
export type KeptSending =
  | { readonly kind: 'message'; readonly message: MessageContent }
  | { readonly kind: 'request'; readonly request: CompanionRequest }
  /** Nothing of it is kept. */
  | { readonly kind: 'refused'; readonly why: string }

/** Longer bytes are written in base64, which takes less room. */
const mostHexBytes = 32

type Session = Pick<HostSession, 'endpoint' | 'isKeepable'>

/** `payload`: all of it, as it was recorded. */
export async function keptSending(
  frame: Frame,
  payload: Uint8Array,
  session: Session,
): Promise<KeptSending> {
  const as = keptAs(frame)
  if (as === null) return refused('only messages and requests can be kept')
  if (frame.sizeBytes > sendLimits.savedBytes) {
    const advice =
      as === 'message' ? ', and name the file in the profile: { "name": …, "file": … }' : ''
    return refused(
      `a profile takes ${formatLimit(sendLimits.savedBytes)} of it. Save the payload to a file${advice}`,
    )
  }
  const text = textOf(payload)
  if (!(await session.isKeepable(text ?? latin1(payload)))) return refused(secretWords)
  const foreign = foreignReference(session.endpoint, text ?? '')
  if (foreign !== null) return refused(foreignWords(foreign))
  if (as === 'request') return requestOf(frame as FrameOf<'request'>, text, session)
  const isText = frame.kind === 'message' && frame.detail.type === 'text'
  if (isText && text !== null) return { kind: 'message', message: { kind: 'text', value: text } }
  // In its digits no reference would be seen.
  if (hasReference(latin1(payload))) return refused(secretWords)
  const message: MessageContent =
    payload.length <= mostHexBytes
      ? { kind: 'hex', value: hexOf(payload) }
      : { kind: 'base64', value: toBase64(payload) }
  return { kind: 'message', message }
}

/** The same with its references as a profile writes them. */
export function asInProfile<One extends MessageContent | CompanionRequest>(kept: One): One {
  if ('value' in kept) return { ...kept, value: profileText(kept.value) }
  const { url, headers, body } = kept
  return {
    ...kept,
    url: profileText(url),
    headers: headers.map(([name, value]) => [name, profileText(value)]),
    body: body === null ? null : profileText(body),
  }
}

async function requestOf(
  { detail }: FrameOf<'request'>,
  body: string | null,
  { endpoint, isKeepable }: Session,
): Promise<KeptSending> {
  if (body === null) return refused('its body is no text, which a profile’s request has')
  const headers = ownHeaders(detail)
  const request = { request: detail.method, url: detail.url, headers, body: body || null }
  const texts = [detail.url, ...headers.flat()]
  const foreign = isElsewhere(detail.url, endpoint)
    ? referencesIn(detail.url)[0]
    : foreignReference(endpoint, texts.join('\n'))
  if (foreign) return refused(foreignWords(foreign))
  const plain = requestSecrets(request).filter(({ value }) => !value.includes('${'))
  const lost = headers.some(([, value]) => /\*\*\*|^basic .*:.*\$\{/i.test(value))
  const isKept = await Promise.all(texts.map(isKeepable))
  const isSafe = plain.length === 0 && !lost && !isKept.includes(false)
  return isSafe ? { kind: 'request', request } : refused(secretWords)
}

/**
 * The name of the first reference that no secret of the session can stand for: a peer wrote it, and in a profile it would
 * have another secret sent there. Null where there is none.
 */
function foreignReference(endpoint: Endpoint, text: string): string | null {
  const found = referencesIn(text).filter((name) => !isImplicitName(name))
  if (found.length === 0) return null
  const own = new Set<string>()
  mapEndpointText(endpoint, (field) => {
    for (const reference of findReferences(field)) own.add(secretName(reference))
    return field
  })
  return found.find((name) => !own.has(name)) ?? null
}

function referencesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/\$\{secret:([^{}]*)\}/g), ([, name = '']) => name)
}

/** A redirect may lead to another server, with any URL. */
function isElsewhere(url: string, endpoint: Endpoint): boolean {
  const base = endpoint.url.replace(/^ws/i, 'http')
  return URL.canParse(base) && URL.canParse(url) && new URL(base).origin !== new URL(url).origin
}

function foreignWords(name: string): string {
  return `it has the reference ${visibleLine(`\${secret:${name}}`, 100)}, which may be the server’s word. Write it into the profile by hand`
}

const secretWords =
  'it holds a secret that no reference can stand for. Write it into the profile by hand, with a reference in its place'

function refused(why: string): KeptSending {
  return { kind: 'refused', why }
}

/** Null where it is no UTF-8. */
function textOf(payload: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload)
  } catch {
    return null
  }
}
