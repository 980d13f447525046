// Throttles an act: it runs at once, then at most once per interval.

export interface Throttle {
  /** Acts now when the interval since the last act is over, otherwise when it is. */
  request(): void
  dispose(): void
}

export function createThrottle(intervalMs: number, act: () => void): Throttle {
  let timer: NodeJS.Timeout | null = null
  let again = false

  function run(): void {
    again = false
    timer = setTimeout(() => {
      timer = null
      if (again) run()
    }, intervalMs)
    act()
  }

  return {
    request() {
      if (timer === null) run()
      else again = true
    },
    dispose() {
      if (timer !== null) clearTimeout(timer)
      timer = null
      again = false
    },
  }
}
