// Sends one message again and again while a WebSocket is open, until it is told to stop.

import type { OutgoingMessage } from '../../shared/endpoint.ts'

/** What is sent, and how often. */
export interface Repeat {
  /** Called each time. Null: it cannot be had, which has been told; nothing more is sent. */
  load(): Promise<OutgoingMessage | null>
  readonly everyMs: number
}

export interface Repeater {
  /** What is repeated now, or would be if a WebSocket were open. */
  readonly repeat: Repeat | null
  /** Takes the place of what was repeated; null stops. The first one leaves after `everyMs`. */
  set(repeat: Repeat | null): void
  /** A WebSocket is open. `send` may reject once it no longer is. */
  open(send: (message: OutgoingMessage) => Promise<void>): void
  close(): void
}

/** `onFault` gets our own fault. */
export function createRepeater(
  initial: Repeat | null,
  onFault: (fault: unknown) => void,
): Repeater {
  let repeat = initial
  let send: ((message: OutgoingMessage) => Promise<void>) | null = null
  let timer: NodeJS.Timeout | undefined

  function restart(): void {
    clearInterval(timer)
    if (send === null || repeat === null) return
    const current = { repeat, send }
    let busy = false
    timer = setInterval(() => {
      // One that waits to leave is not overtaken: the socket takes no more.
      if (busy) return
      busy = true
      run(current)
        .catch(onFault)
        .finally(() => {
          busy = false
        })
    }, repeat.everyMs)
  }

  async function run(current: {
    readonly repeat: Repeat
    readonly send: NonNullable<typeof send>
  }) {
    const message = await current.repeat.load()
    if (repeat !== current.repeat || send !== current.send) return
    if (message === null) set(null)
    // One that can no longer leave needs no word of its own: the closing is drawn.
    else await current.send(message).catch(() => null)
  }

  function set(next: Repeat | null): void {
    repeat = next
    restart()
  }

  return {
    get repeat() {
      return repeat
    },
    set,
    open(sender) {
      send = sender
      restart()
    },
    close() {
      send = null
      restart()
    },
  }
}
