// The reading half of `ws`, which it exports without declarations: messages and control frames of one direction.

import type { Writable } from 'node:stream'
import * as ws from 'ws'

/** Emits `message` (data, isBinary), `ping`, `pong` (data), `conclude` (code, reason) and `error`. */
type Receiver = Writable

interface PerMessageDeflate {
  params: DeflateParameters
  accept(configurations: unknown): DeflateParameters
  cleanup(): void
}

/** As agreed on. [rfc7692] 7.1 */
export type DeflateParameters = Readonly<Record<string, true | number | undefined>>

interface ReadingHalf {
  readonly Receiver: new (options: {
    readonly isServer: boolean
    readonly extensions: Readonly<Record<string, unknown>>
    readonly maxPayload: number
    readonly skipUTF8Validation: boolean
  }) => Receiver
  readonly PerMessageDeflate: new (options: {
    readonly isServer: boolean
    readonly maxPayload: number
  }) => PerMessageDeflate
  readonly extension: { parse(header: string): Readonly<Record<string, unknown>> }
}

const { Receiver, PerMessageDeflate, extension } = ws as unknown as ReadingHalf

const deflateName = 'permessage-deflate'

/** What the two have agreed on; `unknown`: something that changes frames in a way that nobody here knows. */
export function agreedExtensions(header: string | null): DeflateParameters | 'none' | 'unknown' {
  if (header === null || header.trim() === '') return 'none'
  try {
    const agreed = extension.parse(header)
    const names = Object.keys(agreed)
    if (names.length !== 1 || names[0] !== deflateName) return 'unknown'
    const client = new PerMessageDeflate({ isServer: false, maxPayload: 0 })
    return client.accept(agreed[deflateName])
  } catch {
    // It is not written as it should be.
    return 'unknown'
  }
}

/** Whether each message of that side is compressed by itself. */
export function isFreshEachTime(parameters: DeflateParameters, from: 'client' | 'server'): boolean {
  return parameters[`${from}_no_context_takeover`] === true
}

export interface WsReader {
  /** `done` is called when all that the bytes complete has been handed over, or will never be. */
  write(bytes: Uint8Array, done: () => void): void
  close(): void
}

export interface WsReaderOptions {
  readonly from: 'client' | 'server'
  /** Null where nothing is decompressed. */
  readonly deflate: DeflateParameters | null
  /** Text may be bytes that only say that they are text. */
  readonly isRaw: boolean
  readonly maxPayload: number
  message(data: Uint8Array, isBinary: boolean): void
  ping(): void
  pong(): void
  /** A close frame: nothing more is read. */
  conclude(): void
  broken(error: Error): void
}

export function createWsReader(options: WsReaderOptions): WsReader {
  const { from, deflate } = options
  // `ws` keeps it in 32 bits.
  const maxPayload = Math.min(options.maxPayload, 2 ** 31 - 1)
  // What a client sends is read as a server reads it.
  const isServer = from === 'client'
  const inflate = deflate === null ? null : new PerMessageDeflate({ isServer, maxPayload })
  if (inflate !== null && deflate !== null) inflate.params = deflate
  const receiver = new Receiver({
    isServer,
    extensions: inflate === null ? {} : { [deflateName]: inflate },
    maxPayload,
    skipUTF8Validation: options.isRaw,
  })
  receiver.on('message', options.message)
  receiver.on('ping', options.ping)
  receiver.on('pong', options.pong)
  receiver.on('conclude', options.conclude)
  receiver.on('error', options.broken)
  return {
    write(bytes, done) {
      receiver.write(bytes, () => done())
    },
    close() {
      receiver.destroy()
      inflate?.cleanup()
    },
  }
}
