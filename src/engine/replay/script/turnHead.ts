// Reads what all turns have in common out of a request and its answer.

import { createHash } from 'node:crypto'
import type { FrameOf } from '../../../shared/frame/frame.ts'
import { answeredAfterMs } from '../../../shared/frame/httpDetail.ts'
import { pathOfTarget } from '../../../shared/url/requestTarget.ts'
import type { TurnHead } from './script.ts'
import { scriptLimits } from './scriptLimits.ts'

/** A request that waits for its answer. */
export interface Asked {
  readonly frame: FrameOf<'request'>
  readonly method: string
  readonly path: string
  readonly query: string
  readonly body: string | null
  /** As `TurnHead.origin`. */
  readonly origin: string
}

/** `WebSocket` as the method of a route: other requests of its path are no concern of it. */
export const webSocket = 'WebSocket'

export function readAsked(frame: FrameOf<'request'>, payload: () => Uint8Array | null): Asked {
  const { purpose, method, target, url } = frame.detail
  const { origin, path, query } = placesOf(target, url)
  return {
    ...{ frame, origin, path, query },
    method: purpose === 'handshake' ? webSocket : method,
    body: bodyOf(frame, payload),
  }
}

export function turnHead(asked: Asked, { at, detail }: FrameOf<'response'>): TurnHead {
  const { query, body, origin, frame } = asked
  const { status, statusText, headers, latin1 = [], timings, holdMs } = detail
  const waitedMs = answeredAfterMs(timings) ?? holdMs ?? at - frame.at
  return {
    ...{ query, body, origin, status, statusText, headers, latin1 },
    holdMs: Math.max(0, waitedMs),
  }
}

/** What tells the body of a request apart from others; null where it has none. Rejects where it breaks off. */
export async function bodyDigest(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of body) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return bytes === 0 ? null : hash.digest('base64')
}

function bodyOf({ sizeBytes }: FrameOf<'request'>, payload: () => Uint8Array | null) {
  if (sizeBytes === 0 || sizeBytes > scriptLimits.bodyBytes) return null
  const bytes = payload()
  return bytes === null || bytes.length !== sizeBytes
    ? null
    : createHash('sha256').update(bytes).digest('base64')
}

/** The target may be a whole URL, as programs send it to a proxy. */
function placesOf(target: string, url: string) {
  const { origin, path } = partsOf(url)
  const own = target.startsWith('/') ? target : path
  const asked = own.split('#', 1)[0] ?? ''
  const bare = pathOfTarget(asked)
  return { origin, path: bare, query: asked.slice(bare.length + 1) }
}

function partsOf(text: string) {
  const url = URL.parse(text.replace(/^ws/i, 'http'))
  return url === null
    ? { origin: '', path: '/' }
    : { origin: url.origin, path: url.pathname + url.search }
}
