// Handles Ctrl+C and its relatives: the first one ends the session, the second one the process.

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * A terminal sends Ctrl+C to every process of the command, and a process that started this one
 * passes it on as well: what comes within this time is the same one.
 */
const sameMs = 200

/** Calls `onFirst` at the first signal. Answers a function that gives the signals back. */
export function onInterrupt(onFirst: () => void): () => void {
  let firstAt: number | null = null

  function handle(): void {
    const now = performance.now()
    if (firstAt === null) {
      firstAt = now
      onFirst()
    } else if (now - firstAt > sameMs) {
      // A thread that waits for a reader cannot be ended there, and Node would wait for it.
      if (process.platform === 'win32') process.kill(process.pid, 'SIGKILL')
      // By convention 128 and the number of SIGINT.
      process.exit(130)
    }
  }

  for (const signal of signals) process.on(signal, handle)
  return () => {
    for (const signal of signals) process.off(signal, handle)
  }
}
