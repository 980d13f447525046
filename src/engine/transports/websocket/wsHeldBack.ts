// Notices that a WebSocket is read no faster than `ws` decompresses, which other threads do: this one is not busy with it.

import type { EventEmitter } from 'node:events'
import { now } from '../clock.ts'

const everyMs = 1000
/** Shares of the time in which nothing was read. */
const high = 0.8
const low = 0.5

const notices = {
  rising: {
    code: 'back-pressure',
    message: 'More arrives than can be decompressed in time, so the sender is held back.',
  },
  falling: { code: 'back-pressure-over', message: 'Decompression keeps up again.' },
} as const

type Notice = (typeof notices)[keyof typeof notices]

/** `socket` emits `pause` and `resume`, as `ws` has it do. Tells when that begins and ends; the answer stops watching. */
export function watchHeldBack(
  socket: EventEmitter,
  tell: (notice: Notice) => void,
  clock = now,
): () => void {
  let heldMs = 0
  /** Null while it is read. */
  let pausedAt: number | null = null
  let countedAt = clock()
  let isHeld = false

  function pause(): void {
    pausedAt ??= clock()
  }

  function resume(): void {
    if (pausedAt !== null) heldMs += clock() - pausedAt
    pausedAt = null
  }

  const timer = setInterval(() => {
    const isPaused = pausedAt !== null
    resume()
    if (isPaused) pause()
    const share = heldMs / (clock() - countedAt)
    heldMs = 0
    countedAt = clock()
    if (isHeld ? share >= low : share < high) return
    isHeld = !isHeld
    tell(isHeld ? notices.rising : notices.falling)
  }, everyMs)

  socket.on('pause', pause).on('resume', resume)
  return () => {
    clearInterval(timer)
    socket.off('pause', pause).off('resume', resume)
  }
}
