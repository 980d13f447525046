// The body of an answer as it comes in: content coding removed, then kept up to a limit.

import type { Readable, Transform } from 'node:stream'
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib'
import type { Unfinished } from '../../../shared/session/unfinished.ts'
import { type ByteGatherer, createByteGatherer } from '../../protocols/bytes/byteGatherer.ts'
import { createZstdCutter } from '../../protocols/bytes/zstdFrames.ts'
import { now } from '../clock.ts'
import {
  nothingUndecoded,
  type Undecoded,
  type UndecodedWatch,
  watchUndecoded,
} from './undecodedBytes.ts'

/** Each coding is a decoder with memory of its own; nobody needs more of them. */
const maxCodings = 5

type Decoder = Transform & { flush(done: () => void): void; readonly bytesWritten: number }

/** A coding starts when its first bytes are there: `deflate` is told apart by them, and no bytes need none. */
const decoders: Readonly<Record<string, (first: Uint8Array) => Decoder>> = {
  gzip: () => createGunzip(),
  'x-gzip': () => createGunzip(),
  br: () => createBrotliDecompress(),
  zstd: () => createZstdDecoder(),
  // [rfc9110] 8.4.1.2 means zlib's format; some servers send bare deflate data.
  deflate: (first) => (((first[0] ?? 0) & 0x0f) === 8 ? createInflate() : createInflateRaw()),
}

/** Node's own takes the end of a frame for the end of the body when more came together with it. */
function createZstdDecoder(): Decoder {
  const decoder = createZstdDecompress()
  const cut = createZstdCutter()
  const transform = decoder._transform.bind(decoder)
  decoder._transform = (chunk: Buffer, encoding, done) => {
    const pieces = cut(chunk)
    // A flush is an empty chunk that is marked.
    if (pieces.length < 2) return transform(chunk, encoding, done)
    let i = 0
    const next = (error?: Error | null): void => {
      const piece = pieces[i++]
      if (error || piece === undefined) done(error)
      else transform(piece, encoding, next)
    }
    next()
  }
  return decoder
}

/** Deflate data inside another coding is taken for what the standard says. */
const zlibStart = Uint8Array.of(0x78)

/** The codings of a Content-Encoding field in the order of their removal; null when one is not known. */
export function knownCodings(field: string | null): readonly string[] | null {
  if (field === null) return []
  const names = field
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
  const codings = names.filter((name) => name !== '' && name !== 'identity').reverse()
  return codings.every((name) => Object.hasOwn(decoders, name)) ? codings : null
}

/** Where decoded bytes go. */
export interface BodySink {
  /** They arrived at `at`, epoch ms; a decoder gives them later. A promise holds the source back until it is settled. */
  chunk(bytes: Uint8Array, at: number): void | Promise<void>
  end(at: number): void
  /** The content coding is broken. */
  broken(error: Error): void
  /** The sink itself threw: our fault. */
  thrown(error: unknown): void
}

export interface BodyReader {
  /**
   * Resolves when all that has arrived is decoded and delivered, though the body broke off. The
   * source must not be destroyed before.
   */
  drain(): Promise<void>
  /** A decoder may hold something that `drain` would deliver. */
  isDecoding(): boolean
  /** What has come and gives nothing yet. */
  undecodedSoFar(): Unfinished | null
  /** What came and gave nothing; of a body that is `complete`, what stands behind its data. */
  undecoded(complete: boolean): Undecoded
}

/** Reads a response to its end. The source's own `error` event stays with the caller. */
export function readBody(source: Readable, codings: readonly string[], sink: BodySink): BodyReader {
  const running: Decoder[] = []
  let arrivedAt = now()
  /** Of the coding that is removed first. */
  let watch: UndecodedWatch | null = null
  if (codings.length > 0) {
    source.on('data', () => {
      arrivedAt = now()
    })
  }
  if (codings.length === 0) deliver(source, sink, now)
  else if (codings.length > maxCodings) {
    source.once('data', () => sink.broken(new Error(`more than ${maxCodings} codings`)))
    source.on('end', () => sink.end(arrivedAt))
  } else {
    source.once('data', start)
    source.on('end', () => {
      if (running.length === 0) sink.end(arrivedAt)
    })
  }

  function start(bytes: Uint8Array): void {
    source.pause()
    source.unshift(bytes)
    let last: Readable = source
    for (const coding of codings) {
      const decoder = decoders[coding]?.(last === source ? bytes : zlibStart)
      if (!decoder) continue
      running.push(decoder)
      if (last === source) {
        watch = watchUndecoded(decoder)
        source.on('data', watch.wrote)
      }
      decoder.on('error', sink.broken)
      last = last.pipe(decoder)
    }
    deliver(last, sink, () => arrivedAt)
  }

  return {
    async drain() {
      await new Promise((next) => setImmediate(next))
      for (const decoder of running) {
        // One that broke meanwhile calls nobody back.
        if (decoder.destroyed) continue
        const { promise, resolve } = Promise.withResolvers<void>()
        decoder.once('error', () => resolve())
        decoder.flush(() => resolve())
        await promise
        // What the flush gave is delivered, or piped on, in the next turn.
        await new Promise((next) => setImmediate(next))
      }
    },
    isDecoding: () => running.length > 0,
    undecodedSoFar: () => watch?.soFar() ?? null,
    undecoded: (complete) => watch?.read(complete) ?? nothingUndecoded,
  }
}

/** `arrival` tells when what comes now has arrived. */
function deliver(source: Readable, sink: BodySink, arrival: () => number): void {
  let holding = false
  let ended = false
  source.on('data', (bytes: Uint8Array) => {
    try {
      const held = sink.chunk(bytes, arrival())
      if (!held) return
      holding = true
      source.pause()
      held.then(release).catch(sink.thrown)
    } catch (error) {
      sink.thrown(error)
    }
  })
  // A stream that holds its last bytes already ends though it is paused.
  source.on('end', () => {
    ended = true
    if (!holding) sink.end(arrival())
  })

  function release(): void {
    holding = false
    if (ended) sink.end(arrival())
    else source.resume()
  }
}

/** Bytes gathered up to a limit and counted beyond it. */
export interface Collector {
  /** All that came, kept or not. */
  sizeBytes(): number
  add(bytes: Uint8Array): void
  /** What was kept, copied. */
  take(): Uint8Array
}

const nothing = new Uint8Array(0)

export function createCollector(keepBytes: number): Collector {
  // Most bodies come in one piece. Of many small ones, views would take far more than their bytes.
  let first: Uint8Array = nothing
  let rest: ByteGatherer | null = null
  let kept = 0
  let size = 0
  return {
    sizeBytes: () => size,
    add(bytes) {
      size += bytes.byteLength
      if (kept >= keepBytes) return
      const piece = bytes.subarray(0, keepBytes - kept)
      if (kept === 0) first = piece
      else {
        rest ??= createByteGatherer()
        rest.add(piece)
      }
      kept += piece.byteLength
    },
    take() {
      // A chunk is a view of the socket's read buffer, which it would keep alive: copy.
      const whole = Buffer.concat(rest === null ? [first] : [first, rest.take()])
      first = nothing
      rest = null
      kept = 0
      return whole
    },
  }
}
