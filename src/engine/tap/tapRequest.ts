// A request that passes a tap, up to its frame: that is made when its body has ended or its answer begins.

import { headerValue } from '../../shared/frame/headerFields.ts'
import type { FieldChange, RequestDetail } from '../../shared/frame/httpDetail.ts'
import type { BodyEnd } from '../protocols/http/bodyLength.ts'
import { receivedFields } from '../protocols/http/fieldBytes.ts'
import type { RequestHead } from '../protocols/http/requestHead.ts'
import { type ConnectionFrames, connectionFrames } from '../transports/connectionFrames.ts'
import { createCollector, knownCodings } from '../transports/http/httpBody.ts'
import type { Asked, Conversation } from './conversations.ts'
import { hasToken } from './fieldTokens.ts'
import { createFramedBody } from './framedBody.ts'
import type { TapContext } from './tapContext.ts'
import { decodeWhole } from './wholeBody.ts'

/** A request that has its frame. */
export interface ToldRequest {
  readonly seq: number
  readonly conversation: Conversation
  readonly asked: Asked
  readonly frames: ConnectionFrames
  readonly head: RequestHead
  /** Absolute, at the server. */
  readonly url: string
  /** Epoch ms of its first byte, and of its last as far as that came before the answer. */
  readonly startedAt: number
  readonly sentAt: number
}

export interface TapRequest {
  readonly head: RequestHead
  readonly isHandshake: boolean
  body(bytes: Uint8Array): void
  lost(bytes: number): void
  /** Makes the frame, if it has not been made: the last byte had left at `at`. */
  tell(at: number): ToldRequest
  told(): ToldRequest | null
  /** Bytes of its body that came behind its frame. */
  lateBytes(): number
}

export interface RequestFacts {
  /** `127.0.0.1:51234`. */
  readonly client: string
  readonly startedAt: number
  readonly headBytes: number
  readonly bodyEnd: BodyEnd
  readonly changes: readonly FieldChange[]
  /** The proxy it goes through, once it is known. */
  proxy(): string | null
}

export function createTapRequest(
  { io, limits, server, conversations, secrets }: TapContext,
  head: RequestHead,
  facts: RequestFacts,
): TapRequest {
  const { method, target, headers } = head
  const isHandshake =
    hasToken(headers, 'upgrade', 'websocket') && hasToken(headers, 'connection', 'upgrade')
  const agent = headerValue(headers, 'user-agent')
  const framed = createFramedBody(facts.bodyEnd)
  const collector = createCollector(limits.payloadBytes)
  let wireBytes = facts.headBytes
  let isCut = false
  /** Of the body, behind what was lost and with it. */
  let missed = 0
  let late = 0
  let told: ToldRequest | null = null

  /** What it means, and how large it is; as it came where it cannot be decoded. */
  function content(): { readonly bytes: Uint8Array; readonly sizeBytes: number } {
    const sizeBytes = collector.sizeBytes() + missed
    const bytes = collector.take()
    const codings = knownCodings(headerValue(headers, 'content-encoding')) ?? []
    if (codings.length === 0 || bytes.length === 0) return { bytes, sizeBytes }
    const isWhole = !isCut && bytes.length === sizeBytes
    const decoded = decodeWhole(bytes, codings, { isWhole, maxBytes: limits.messageBytes })
    if (!decoded.ok) return { bytes, sizeBytes }
    const kept = decoded.bytes.subarray(0, limits.payloadBytes)
    return { bytes: kept, sizeBytes: isWhole ? decoded.bytes.length : sizeBytes }
  }

  function detailOf(asked: Asked, url: string): RequestDetail {
    const proxy = facts.proxy()
    return {
      purpose: asked.purpose,
      method,
      url,
      target,
      httpVersion: head.httpVersion,
      headers: secrets.hide(receivedFields(headers).headers, url),
      ...(proxy !== null && { proxy }),
      ...(asked.gapMs !== undefined && { gapMs: asked.gapMs }),
      client: { address: facts.client, ...(agent !== null && { agent }) },
      ...(facts.changes.length > 0 && { changes: secrets.hideChanges(facts.changes) }),
    }
  }

  function make(at: number): ToldRequest {
    const { bytes, sizeBytes } = content()
    const stream = streamWish(head, bytes)
    const program = `${facts.client.replace(/:\d+$/, '')}\n${agent ?? ''}`
    const conversation = conversations.of(program, { method, target, isHandshake, stream })
    const asked = conversation.asked(facts.startedAt, bytes)
    const origin = isHandshake ? server.socketOrigin : server.origin
    const url = origin + pathOf(target, facts.changes)
    const frames = connectionFrames({ connection: conversation.number, emit: io.emit })
    const payload = bytes.length === 0 ? null : bytes
    const seen = { at, sizeBytes, wireBytes, payload, replyTo: null }
    const seq = frames.crossed('request', 'out', detailOf(asked, url), seen)
    return {
      ...{ seq, conversation, asked, frames, head, url },
      ...{ startedAt: facts.startedAt, sentAt: at },
    }
  }

  return {
    head,
    isHandshake,
    body(bytes) {
      if (told !== null) {
        late += bytes.length
        return
      }
      wireBytes += bytes.length
      const content = framed.feed(bytes)
      if (isCut) missed += content?.length ?? bytes.length
      else if (content !== null) collector.add(content)
    },
    lost(bytes) {
      if (told !== null) return
      wireBytes += bytes
      missed += bytes
      isCut = true
      framed.lost()
    },
    tell(at) {
      told ??= make(at)
      return told
    },
    told: () => told,
    lateBytes: () => late,
  }
}

/** Of a target that names the tap itself, what the server got. */
function pathOf(target: string, changes: readonly FieldChange[]): string {
  if (target.startsWith('/')) return target
  const changed = changes.find(({ name }) => name === 'request target')?.to ?? ''
  return changed.startsWith('/') ? changed : '/'
}

/** An `EventSource` asks for nothing but a stream; who posts to a language model says so in the body. */
function streamWish({ method, headers }: RequestHead, body: Uint8Array) {
  const accept = headerValue(headers, 'accept')?.toLowerCase() ?? ''
  if (method === 'GET' && accept.startsWith('text/event-stream')) return 'wanted'
  if (streamTypes.test(accept)) return 'possible'
  const start = Buffer.from(body.buffer, body.byteOffset, Math.min(body.length, mostLookedAt))
  return /"stream"\s*:\s*true/.test(start.toString('latin1')) ? 'possible' : 'none'
}

const streamTypes = /text\/event-stream|ndjson|jsonl|json-seq|multipart\/mixed/
const mostLookedAt = 256 * 1024
