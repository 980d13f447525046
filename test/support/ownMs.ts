// Time that the processor has spent on this thread: a limit on it holds on a loaded machine, too.

/** In milliseconds since the thread began, beside which others may have run. */
export function ownMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1000
}
