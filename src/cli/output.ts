// Standard output: text in order, in few writes, and a reader that goes away is no error.

import type { Writable } from 'node:stream'

export interface Output {
  write(text: string): void
  /** Resolves when everything written has been handed over, or the reader has gone. */
  drained(): Promise<void>
  /** Whether the reader has gone (`lifeline … | head`). */
  readonly closed: boolean
}

/** `onClose` is called once when the reader has gone. */
export function createOutput(stream: Writable, onClose: () => void): Output {
  let closed = false
  let waiting = ''
  let scheduled: NodeJS.Immediate | null = null

  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    waiting = ''
    if (closed) return
    closed = true
    onClose()
  })

  function flush(): void {
    if (scheduled) clearImmediate(scheduled)
    scheduled = null
    const text = waiting
    waiting = ''
    if (text !== '' && !closed) stream.write(text)
  }

  return {
    write(text) {
      if (closed) return
      waiting += text
      // All frames of one turn of the event loop leave together.
      scheduled ??= setImmediate(flush)
    },
    async drained() {
      flush()
      if (closed) return
      await new Promise<void>((resolve) => {
        stream.write('', () => resolve())
      })
    },
    get closed() {
      return closed
    },
  }
}
