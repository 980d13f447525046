// The body of a refused handshake: read until it ends, breaks off, reaches its limit or is cut.

import type { IncomingMessage } from 'node:http'
import type { Limits } from '../../../shared/limits.ts'
import { createCollector, knownCodings, readBody } from './httpBody.ts'

export interface RefusalBody {
  /** Content coding removed, kept up to the limit. */
  readonly bytes: Uint8Array
  /** All that was read, decoded. */
  readonly sizeBytes: number
  /** The codings that were removed, as the server names them. */
  readonly encoding: string | undefined
}

export interface RefusalReader {
  /** Never rejects: of a body that breaks off, the part that came still tells why. */
  readonly body: Promise<RefusalBody>
  /** Resolves `body` soon, with what has come. */
  cut(): void
}

export function readRefusal(response: IncomingMessage, limits: Limits): RefusalReader {
  const { promise, resolve } = Promise.withResolvers<RefusalBody>()
  const collector = createCollector(Math.min(limits.refusalBytes, limits.payloadBytes))
  const encoding = response.headers['content-encoding'] ?? null
  const codings = knownCodings(encoding) ?? []
  let done = false
  const reader = readBody(response, codings, {
    chunk(bytes) {
      if (done) return
      collector.add(bytes)
      if (collector.sizeBytes() > limits.refusalBytes) finish()
    },
    end: finish,
    broken: finish,
    thrown: finish,
  })
  response.on('error', cut)
  // A body that breaks off has no `end`. One that is complete may still be in its decoder.
  response.on('close', () => {
    if (!response.complete) cut()
  })

  function cut(): void {
    reader.drain().then(finish, finish)
  }

  function finish(): void {
    if (done) return
    done = true
    const sizeBytes = collector.sizeBytes()
    resolve({
      bytes: collector.take(),
      sizeBytes,
      encoding: codings.length > 0 && encoding !== null ? encoding : undefined,
    })
  }

  return { body: promise, cut }
}
