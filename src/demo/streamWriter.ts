// Writes a stream over HTTP, also as bad servers and proxies do: late, many items at a time, by the buffer, cut off.

import type { ServerResponse } from 'node:http'
import type { DemoQuery } from './demoQuery.ts'

export interface StreamWriter {
  /** Bytes that the reader has not taken, and those that are held back. */
  readonly unsent: number
  /** Before, between or after items. */
  write(text: string): void
  writeItem(text: string): void
  /** Ends the answer in peace, with what was held back. */
  end(): void
  /** Destroys the socket, and what was held back is lost. */
  drop(): void
}

/** Takes the response over, whose head was not written yet. */
export function createStreamWriter(
  response: ServerResponse,
  head: Readonly<Record<string, string>>,
  query: Pick<DemoQuery, 'bufferBytes' | 'burst' | 'firstByteMs' | 'cutMs'>,
): StreamWriter {
  const { bufferBytes, burst, firstByteMs, cutMs } = query
  let held: Buffer[] = []
  let heldBytes = 0
  let heldItems = 0
  let hasBegun = false

  function begin(): void {
    hasBegun = true
    response.writeHead(200, head)
    release()
    // A proxy with a buffer hands the head on at once.
    response.flushHeaders()
  }

  function hold(text: string): void {
    const bytes = Buffer.from(text)
    held.push(bytes)
    heldBytes += bytes.length
    if (hasBegun) release()
  }

  /** What is not to wait any more. */
  function release(): void {
    if (heldItems > 0 && heldItems < burst) return
    const all = Buffer.concat(held)
    const sent = bufferBytes > 0 ? all.length - (all.length % bufferBytes) : all.length
    if (sent > 0) response.write(all.subarray(0, sent))
    held = sent < all.length ? [all.subarray(sent)] : []
    heldBytes = all.length - sent
    heldItems = 0
  }

  function drop(): void {
    response.socket?.destroySoon()
  }

  const timers: NodeJS.Timeout[] = []
  if (firstByteMs > 0) timers.push(setTimeout(begin, firstByteMs))
  else begin()
  if (cutMs !== null) timers.push(setTimeout(drop, cutMs))
  response.on('close', () => timers.forEach(clearTimeout))

  return {
    get unsent() {
      return response.writableLength + heldBytes
    },
    write: hold,
    writeItem(text) {
      heldItems++
      hold(text)
    },
    end() {
      if (!hasBegun) response.writeHead(200, head)
      response.end(Buffer.concat(held))
    },
    drop,
  }
}
