// Notices when taking in what arrives takes all of a thread's time, so that the sockets wait and the sender slows down.

import type { Timers } from './timers.ts'

const everyMs = 1000
const high = 0.97
const low = 0.8

const notices = {
  rising: {
    code: 'back-pressure',
    detail: { message: 'More arrives than can be taken in, so the sender is held back.' },
  },
  falling: { code: 'back-pressure-over', detail: { message: 'Recording keeps up again.' } },
} as const

type Notice = (typeof notices)[keyof typeof notices]

/**
 * Tells when back-pressure begins and ends; the answer stops watching. The capture writes in the
 * thread that reads the sockets: while it writes nothing is read, the receive window fills, and TCP
 * holds the sender back. A thread that is never idle is the sign of it.
 */
export function watchPressure(timers: Timers, tell: (notice: Notice) => void): () => void {
  timers.busy()
  let under = false
  let cancel = timers.after(everyMs, read)

  function read(): void {
    const busy = timers.busy()
    if (under ? busy < low : busy >= high) {
      under = !under
      tell(under ? notices.rising : notices.falling)
    }
    cancel = timers.after(everyMs, read)
  }

  return () => cancel()
}
