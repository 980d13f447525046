// Waits for what is not there for the moment, up to a time limit.

/** As an event of VS Code. */
type Listen = (listener: () => void) => { dispose(): unknown }

/** Looks now and after each change; resolves with undefined when the time is over. */
export function whenFound<T>(
  find: () => T | undefined,
  onDidChange: Listen,
  limitMs: number,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const end = (found: T | undefined) => {
      clearTimeout(timer)
      following.dispose()
      resolve(found)
    }
    const look = () => {
      const found = find()
      if (found !== undefined) end(found)
    }
    const timer = setTimeout(() => end(undefined), limitMs)
    const following = onDidChange(look)
    look()
  })
}
