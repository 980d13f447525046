// The form in which a profile keeps what a frame carries: references in the place of secrets, or a sentence why it cannot be kept.

import type { CompanionRequest, MessageContent } from '../../shared/endpoint/endpoint.ts'
import { hasReference, profileText } from '../../shared/endpoint/references.ts'
import type { Frame, FrameOf } from '../../shared/frame/frame.ts'
import { ownHeaders } from '../../shared/frame/ownHeaders.ts'
import { keptAs } from '../../shared/frame/sentAgain.ts'
import { sendLimits } from '../../shared/limits.ts'
import { requestSecrets } from '../../shared/secrets/implicitSecrets.ts'
import type { IsKeepable } from '../../shared/secrets/keepableText.ts'
import { hexOf } from '../../shared/text/hexRows.ts'
import { latin1 } from '../../shared/text/latin1.ts'
import { toBase64 } from '../../shared/text/toBase64.ts'
import { formatLimit } from '../../shared/text/units.ts'

/** As it was recorded, to be offered at once; `profileText` of it belongs into the file. */
export type KeptSending =
  | { readonly kind: 'message'; readonly message: MessageContent }
  | { readonly kind: 'request'; readonly request: CompanionRequest }
  /** Nothing of it is kept. */
  | { readonly kind: 'refused'; readonly why: string }

/** Longer bytes are written in base64, which takes less room. */
const mostHexBytes = 32

/** `payload`: all of it, as it was recorded. */
export function keptSending(
  frame: Frame,
  payload: Uint8Array,
  isKeepable: IsKeepable,
): KeptSending {
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
  if (!isKeepable(text ?? latin1(payload))) return refused(secretWords)
  if (as === 'request') return requestOf(frame as FrameOf<'request'>, text, isKeepable)
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

function requestOf(
  { detail }: FrameOf<'request'>,
  body: string | null,
  isKeepable: IsKeepable,
): KeptSending {
  if (body === null) return refused('its body is no text, which a profile’s request has')
  const headers = ownHeaders(detail)
  const request = { request: detail.method, url: detail.url, headers, body: body || null }
  const plain = requestSecrets(request).filter(({ value }) => !value.includes('${'))
  const lost = headers.some(([, value]) => /\*\*\*|^basic .*:.*\$\{/i.test(value))
  const isSafe = plain.length === 0 && !lost && isKeepable(request.url)
  return isSafe ? { kind: 'request', request } : refused(secretWords)
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
