// Pulls what changes with the session: soon while older frames are read, then at leisure.

export interface PulledOptions {
  /** What is asked about, in one word; null while nobody looks. The same word is not asked about twice. */
  readonly wanted: () => string | null
  /** Asks once; answers whether that was all. A failure is told, and asked about again with the next change. */
  readonly ask: () => Promise<boolean>
  /** So long it is at least from one asking to the next. */
  readonly everyMs: number
  /** So long it rests instead after an asking that took `tookMs` and was not all. */
  readonly restMs: (tookMs: number) => number
  readonly onChange: () => void
  readonly onProblem: (problem: unknown) => void
}

export interface Pulled {
  /** There may be something new. */
  refresh(): void
}

export function createPulled(options: PulledOptions): Pulled {
  const { wanted, ask, everyMs, restMs, onChange, onProblem } = options
  let known: string | null = null
  let busy = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let nextAt = Number.NEGATIVE_INFINITY

  function refresh(): void {
    const want = wanted()
    if (want === null || want === known || busy || timer !== undefined) return
    timer = setTimeout(() => void pull(), Math.max(0, nextAt - performance.now()))
  }

  async function pull(): Promise<void> {
    timer = undefined
    const want = wanted()
    if (want === null) return
    busy = true
    const askedAt = performance.now()
    nextAt = askedAt + everyMs
    try {
      const isWhole = await ask()
      known = isWhole ? want : null
      const now = performance.now()
      if (!isWhole) nextAt = now + restMs(now - askedAt)
    } catch (problem) {
      known = want
      onProblem(problem)
    }
    busy = false
    onChange()
    refresh()
  }

  return { refresh }
}
