// Makes what is sent of frames that were recorded: the same bytes, and in what was edited the values that stood in them.

import { RpcError } from '../../shared/calls/rpc.ts'
import type { CompanionRequest, OutgoingMessage } from '../../shared/endpoint/endpoint.ts'
import type { Frame, FrameOf } from '../../shared/frame/frame.ts'
import type { RequestDetail } from '../../shared/frame/httpDetail.ts'
import { ownHeaders } from '../../shared/frame/ownHeaders.ts'
import { isKeptInPart } from '../../shared/frame/preview.ts'
import { sentAgainAs } from '../../shared/frame/sentAgain.ts'
import { latin1, latin1Bytes } from '../../shared/text/latin1.ts'
import type { CaptureReads } from '../capture/captureReader.ts'
import type { PlainRequest } from '../transports/http/companion.ts'
import { createReferenceFiller, type ReferenceFiller } from './fillReferences.ts'
import type { Original } from './originals.ts'

/** What a session has recorded. */
export type Recorded = Pick<CaptureReads, 'related' | 'payload'>

export type Again =
  | { readonly kind: 'message'; readonly message: OutgoingMessage }
  | { readonly kind: 'ping'; readonly data: Uint8Array }
  | { readonly kind: 'request'; readonly request: PlainRequest }

export interface SentAgain {
  /** The frame's own bytes. Throws `not-sendable` and `secret-unknown`. */
  again(seq: number): Again
  /** What was made of the frame `of`, its references filled in. Throws `secret-unknown`. */
  message(message: OutgoingMessage, of: number): OutgoingMessage
  request(request: CompanionRequest, of: number): PlainRequest
}

/** Longer than any payload can be. */
const whole = 2 ** 31

/** `recorded`: undefined where nothing can be read. */
export function createSentAgain(
  recorded: Recorded | undefined,
  original: (seq: number) => Original,
): SentAgain {
  function bytesOf(seq: number): Uint8Array {
    return recorded?.payload(seq, 0, whole).bytes ?? new Uint8Array()
  }

  function need(seq: number): Frame {
    const found = recorded?.related(seq)?.row.frame
    if (found === undefined) throw new RpcError('not-sendable', `There is no frame #${seq}.`)
    return found
  }

  /** Detail and payload as they crossed the wire. */
  function sent(frame: Frame): { detail: Frame['detail']; bytes: Uint8Array } {
    const { seq, detail } = frame
    const first = original(seq)
    if (typeof first === 'object')
      return { detail: first.detail, bytes: first.payload ?? new Uint8Array() }
    const bytes = bytesOf(seq)
    if (first === 'lost') {
      const lost = referenceIn(latin1(bytes)) ?? referenceIn(JSON.stringify(detail))
      if (lost !== null) throw unknownSecret(lost)
    }
    return { detail, bytes }
  }

  /** Knows what stood where the frame has references. */
  function fillerOf(frame: Frame): ReferenceFiller {
    const { seq } = frame
    const filler = createReferenceFiller()
    const first = original(seq)
    if (first === 'lost') return filler
    const bytes = latin1(bytesOf(seq))
    if (first === 'same') {
      filler.learn(bytes, bytes)
      for (const text of textsIn(frame)) filler.learn(text, text)
      return filler
    }
    filler.learn(bytes, latin1(first.payload ?? new Uint8Array()))
    const texts = textsIn(first)
    for (const [i, text] of textsIn(frame).entries()) filler.learn(text, texts[i] ?? '')
    return filler
  }

  return {
    again(seq) {
      const frame = need(seq)
      const as = sentAgainAs(frame)
      if (as === null) {
        const message = `Frame #${seq} cannot be sent again: choose a message or a ping that was sent, or a request.`
        throw new RpcError('not-sendable', message)
      }
      if (isKeptInPart(frame)) {
        const message = `The capture keeps only the first part of frame #${seq}, so it cannot be sent again.`
        throw new RpcError('not-sendable', message)
      }
      const { detail, bytes } = sent(frame)
      if (as === 'ping') return { kind: 'ping', data: bytes }
      if (as === 'request')
        return { kind: 'request', request: requestOf(detail as RequestDetail, bytes) }
      const isText = 'type' in detail && detail.type === 'text'
      return {
        kind: 'message',
        message: isText ? { type: 'text', text: textOf(bytes) } : { type: 'binary', bytes },
      }
    },
    message(message, of) {
      const frame = need(of)
      // What went to a server beside the stream is not for the peer.
      const { fill } = frame.kind === 'message' ? fillerOf(frame) : createReferenceFiller()
      if (message.type === 'text')
        return { type: 'text', text: textOf(latin1Bytes(fill(latin1Of(message.text)))) }
      return { type: 'binary', bytes: latin1Bytes(fill(latin1(message.bytes))) }
    },
    request(request, of) {
      const frame = need(of)
      const isSame = frame.kind === 'request' && isSameServer(request.url, frame.detail.url)
      const { fill } = isSame ? fillerOf(frame) : createReferenceFiller(elsewhere)
      const filled = (text: string) => textOf(latin1Bytes(fill(latin1Of(text))))
      return {
        request: request.request,
        url: filled(request.url),
        headers: request.headers.map(([name, value]) => [name, filled(value)]),
        body: request.body === null ? null : filled(request.body),
      }
    },
  }
}

/** Of both a frame that is recorded and what it was. */
function textsIn({ kind, detail }: Pick<Frame, 'kind' | 'detail'>): readonly string[] {
  if (kind !== 'request') return []
  const { url, headers } = detail as FrameOf<'request'>['detail']
  return [url, ...headers.map(([, value]) => value)].map(latin1Of)
}

function requestOf(detail: RequestDetail, bytes: Uint8Array): PlainRequest {
  // What every client writes goes where it was, ahead of the user's.
  const headers = ownHeaders(detail).filter(([name, value]) => !isClients(name, value))
  // What the client made of the URL's credentials, or of a server's challenge, is nowhere.
  if (headers.some(([name, value]) => /authorization$/i.test(name) && value.includes('***')))
    throw unknownSecret('Authorization')
  return {
    request: detail.method,
    url: detail.url,
    headers,
    body: bytes.length === 0 ? null : bytes,
  }
}

function isClients(name: string, value: string): boolean {
  return (name === 'User-Agent' && value === 'Lifeline') || (name === 'Accept' && value === '*/*')
}

const elsewhere = 'a secret goes to the server of the recorded request only, with its whole URL'

/** A relative URL starts at the endpoint’s, which may be another server’s. */
function isSameServer(url: string, recorded: string): boolean {
  return URL.canParse(url) && URL.canParse(recorded) && originOf(url) === originOf(recorded)
}

function originOf(url: string): string {
  return new URL(url).origin
}

function referenceIn(text: string): string | null {
  return /\$\{secret:[^{}]*\}/.exec(text)?.[0] ?? null
}

/** `what`: the reference, or the name of a header. */
function unknownSecret(what: string): RpcError {
  const message = `It was not sent: the session does not know any more what stood in the place of ${what}. Edit it, and write the value there.`
  return new RpcError('secret-unknown', message)
}

function latin1Of(text: string): string {
  return latin1(new TextEncoder().encode(text))
}

/** A byte order mark is text. */
function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}
