// Standard output: text in order, in few writes; a reader that goes away is no error, a full disk is one.

import type { Writable } from 'node:stream'
import { visibleText } from '../shared/visibleText.ts'

export interface Output {
  write(text: string): void
  /** Resolves when everything written has been handed over, or nothing more can be. */
  drained(): Promise<void>
  /** Whether nothing more can be written: the reader has gone (`lifeline … | head`), or a failure. */
  readonly closed: boolean
  /** Why writing failed (`ENOSPC`); null while it has not, and where the reader has gone. */
  readonly failure: Error | null
}

/** `onClose` is called once when nothing more can be written. */
export function createOutput(stream: Writable, onClose: () => void): Output {
  let closed = false
  let failure: Error | null = null
  let waiting = ''
  let scheduled: NodeJS.Immediate | null = null

  stream.on('error', (error: NodeJS.ErrnoException) => {
    waiting = ''
    if (closed) return
    closed = true
    if (error.code !== 'EPIPE') failure = error
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
    get failure() {
      return failure
    },
  }
}

/** 0; or 1 and a sentence on standard error, where writing has failed. */
export function statusOf({ failure }: Output): number {
  if (!failure) return 0
  console.error(`lifeline: Standard output cannot be written: ${visibleText(failure.message)}.`)
  return 1
}
