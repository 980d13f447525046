// Pulls what changes with the session: soon while older frames are read, then at leisure.

/** What comes is drawn twice a second at the most. */
const everyMs = 500

export interface PulledOptions {
  /** What is asked about, in one word; null while nobody looks. The same word is not asked about twice. */
  readonly wanted: () => string | null
  /** Asks once; answers whether that was all. A failure is told, and asked about again with the next change. */
  readonly ask: () => Promise<boolean>
  readonly onChange: () => void
  readonly onProblem: (problem: unknown) => void
}

export interface Pulled {
  /** There may be something new. */
  refresh(): void
}

export function createPulled({ wanted, ask, onChange, onProblem }: PulledOptions): Pulled {
  let known: string | null = null
  let busy = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let askedAt = Number.NEGATIVE_INFINITY

  function refresh(): void {
    const want = wanted()
    if (want === null || want === known || busy || timer !== undefined) return
    timer = setTimeout(() => void pull(), Math.max(0, askedAt + everyMs - performance.now()))
  }

  async function pull(): Promise<void> {
    timer = undefined
    const want = wanted()
    if (want === null) return
    busy = true
    askedAt = performance.now()
    try {
      const isWhole = await ask()
      known = isWhole ? want : null
      // As long as it took: others want answers, too, and recording has its time.
      if (!isWhole) askedAt = 2 * performance.now() - askedAt - everyMs
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
