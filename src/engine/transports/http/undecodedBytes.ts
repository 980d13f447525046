// The bytes that went into a decompressor and gave nothing: lost where the body ends, breaks off or is no such data.

import type { Transform } from 'node:stream'
import type { Unfinished } from '../../../shared/session/unfinished.ts'
import { now } from '../clock.ts'

/** A gzip head can hold a name without an end: so much is kept of what gives nothing, and the rest is counted. */
const mostKeptBytes = 256 * 1024
/** They are joined when they are so many: pieces of a byte each would take far more than their bytes. */
const mostPieces = 64

export interface Undecoded {
  /** As they came on the wire. */
  readonly bytes: Uint8Array
  /** Counts those too that were not kept. */
  readonly sizeBytes: number
}

const nothing = new Uint8Array(0)
export const nothingUndecoded: Undecoded = { bytes: nothing, sizeBytes: 0 }

export interface UndecodedWatch {
  /** To be called for each chunk that is written to the decompressor, in order. */
  wrote(chunk: Uint8Array): void
  soFar(): Unfinished | null
  /** What came since the decompressor last gave something; `complete`: only what is behind the end of its data. */
  read(complete: boolean): Undecoded
}

/** To be called before the decompressor is used; `bytesWritten` is what it has consumed. */
export function watchUndecoded(
  decoder: Transform & { readonly bytesWritten: number },
): UndecodedWatch {
  /** Views of what the socket read: the first bytes of all that waits, which are `size`. */
  let kept: Uint8Array[] = []
  let keptBytes = 0
  let size = 0
  /** Of those the first ones, which the decompressor has read. */
  let takenBytes = 0
  let since = 0
  let written = 0
  let given = 0
  const transform = decoder._transform.bind(decoder)
  const push = decoder.push.bind(decoder)

  decoder.push = (bytes, encoding) => {
    if (bytes !== null) given++
    return push(bytes, encoding)
  }
  decoder._transform = (chunk: Uint8Array, encoding, done) => {
    const before = given
    takenBytes += chunk.length
    written += chunk.length
    transform(chunk, encoding, (error, data) => {
      if (!error && given > before) drop(chunk)
      done(error, data)
    })
  }

  /** All that was read, but for the end of `last` that is behind the compressed data. */
  function drop(last: Uint8Array): void {
    size -= takenBytes
    forgetKept()
    takenBytes = 0
    const behind = Math.min(written - decoder.bytesWritten, last.length)
    if (behind <= 0) return
    kept.unshift(last.subarray(last.length - behind))
    keptBytes += behind
    takenBytes = behind
    size += behind
  }

  /** Those that have been read. */
  function forgetKept(): void {
    let left = Math.min(takenBytes, keptBytes)
    keptBytes -= left
    for (let first = kept[0]; first !== undefined && left > 0; first = kept[0]) {
      if (first.length > left) kept[0] = first.subarray(left)
      else kept.shift()
      left -= Math.min(left, first.length)
    }
  }

  return {
    wrote(chunk) {
      if (size === 0) since = now()
      const isKept = keptBytes === size && size < mostKeptBytes
      size += chunk.length
      if (!isKept) return
      kept.push(chunk)
      keptBytes += chunk.length
      if (kept.length > mostPieces) kept = [Buffer.concat(kept)]
    },
    soFar: () => (size === 0 ? null : { bytes: size, since, awaits: 'decoding' }),
    read(complete) {
      const bytes = Buffer.concat(kept)
      // What ends the data, such as a sum, gives nothing and is no part of it.
      const sizeBytes = complete ? Math.min(size, written - decoder.bytesWritten) : size
      const start = complete ? Math.max(0, bytes.length - sizeBytes) : 0
      return { bytes: bytes.subarray(start, start + mostKeptBytes), sizeBytes }
    },
  }
}
