// Sends one message again and again while a WebSocket is open, until it is told to stop.

import type { OutgoingMessage } from '../../../shared/endpoint/endpoint.ts'
import type { Fault, OrFault } from '../../protocols/fault.ts'
import type { WsConnection } from './wsConnection.ts'

/** What is sent, and how often. */
export interface Repeat {
  /** Called each time: a file may change. */
  load(): Promise<OrFault<OutgoingMessage>>
  readonly everyMs: number
}

export interface Repeater {
  /** What is repeated now, or would be if a WebSocket were open. */
  readonly repeat: Repeat | null
  /** Takes the place of what was repeated; null stops. The first one leaves after `everyMs`. */
  set(repeat: Repeat | null): void
  /** A WebSocket is open. */
  open(target: RepeatTarget): void
  close(): void
}

/** The open WebSocket. `send` may reject once it no longer is. */
export type RepeatTarget = Pick<WsConnection, 'send' | 'unsentBytes'>

export interface RepeaterEvents {
  /** Our own fault. */
  onFault(fault: unknown): void
  /** The message could not be loaded; it is repeated no more. */
  onUnloaded(fault: Fault): void
  /** The peer has not taken what was sent before, so that nothing is repeated until then. Once for each `open`. */
  onUnread(): void
}

export function createRepeater(
  initial: Repeat | null,
  { onFault, onUnloaded, onUnread }: RepeaterEvents,
): Repeater {
  let repeat = initial
  let target: RepeatTarget | null = null
  let toldUnread = false
  let timer: NodeJS.Timeout | undefined

  function restart(): void {
    clearInterval(timer)
    if (target === null || repeat === null) return
    const current = { repeat, target }
    let busy = false
    timer = setInterval(() => {
      if (busy) return
      // What the socket does not take would gather in memory, without limit.
      if (current.target.unsentBytes > 0) {
        if (!toldUnread) onUnread()
        toldUnread = true
        return
      }
      busy = true
      run(current)
        .catch(onFault)
        .finally(() => {
          busy = false
        })
    }, repeat.everyMs)
  }

  async function run(current: { readonly repeat: Repeat; readonly target: RepeatTarget }) {
    const message = await current.repeat.load()
    if (repeat !== current.repeat || target !== current.target) return
    if (message.ok) {
      // One that can no longer leave needs no word of its own: the closing is drawn.
      await current.target.send(message.value).catch(() => null)
    } else {
      set(null)
      onUnloaded(message.fault)
    }
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
    open(opened) {
      target = opened
      toldUnread = false
      restart()
    },
    close() {
      target = null
      restart()
    },
  }
}
