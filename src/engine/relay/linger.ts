// The end of a pair that one side does not hear of: what was written to it has some time to leave, and then it is over.

import type { Socket } from 'node:net'
import { relayLimits } from './relayLimits.ts'

export interface Linger {
  /** Nothing more comes from one side, or nobody hears it. */
  begin(): void
  /**
   * This socket was ended. Once begun, `over` is called when nothing more of what waits for it leaves. The last socket counts.
   */
  on(socket: Socket | null): void
  clear(): void
}

export function createLinger(over: () => void): Linger {
  let timer: NodeJS.Timeout | null = null
  let hasBegun = false

  function wait(socket: Socket): void {
    const before = socket.writableLength
    timer = setTimeout(() => {
      if (socket.writableLength < before) wait(socket)
      else over()
    }, relayLimits.lingerMs)
  }

  function clear(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
  }

  return {
    begin() {
      hasBegun = true
    },
    on(socket) {
      if (!hasBegun || socket === null) return
      clear()
      wait(socket)
    },
    clear,
  }
}
