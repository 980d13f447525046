// The body of a refused handshake: read until it ends, breaks off, reaches its limit or is cut.

import type { Limits } from '../../../shared/limits.ts'
import type { Came } from '../../protocols/bytes/cameBytes.ts'
import type { Answer, CollectedBody } from './hopRecord.ts'
import { createCollector, readBody } from './httpBody.ts'

export interface RefusalReader {
  /** Never rejects: of a body that breaks off, the part that came still tells why. */
  readonly body: Promise<CollectedBody>
  /** After `body`: what came of it and did not decode, as it came. */
  undecoded(): Came | null
  /** Resolves `body` soon, with what has come. */
  cut(): void
}

export function readRefusal({ res, codings }: Answer, limits: Limits): RefusalReader {
  const { promise, resolve } = Promise.withResolvers<CollectedBody>()
  const collector = createCollector(Math.min(limits.refusalBytes, limits.payloadBytes))
  let done = false
  const reader = readBody(res, codings, {
    chunk(bytes) {
      if (done) return
      collector.add(bytes)
      if (collector.sizeBytes() > limits.refusalBytes) finish()
    },
    end: finish,
    broken: finish,
    thrown: finish,
  })
  res.on('error', cut)
  // A body that breaks off has no `end`. One that is complete may still be in its decoder.
  res.on('close', () => {
    if (!res.complete) cut()
  })

  function cut(): void {
    reader.drain().then(finish, finish)
  }

  function finish(): void {
    if (done) return
    done = true
    const sizeBytes = collector.sizeBytes()
    resolve({ bytes: collector.take(), sizeBytes, stopped: false })
  }

  return {
    body: promise,
    undecoded() {
      const { bytes, sizeBytes } = reader.undecoded(false)
      return sizeBytes === 0 ? null : { bytes: bytes.slice(0, limits.faultBytes), sizeBytes }
    },
    cut,
  }
}
