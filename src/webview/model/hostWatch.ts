// Notices that the extension host answers no more, and that it does again.

export interface HostWatch {
  /** Epoch ms of its last answer; null while it answers. */
  readonly silentSince: number | null
  /** For how long it has not answered; 0 while it does. */
  readonly silentMs: number
  /** Asks now, unless a question is open. */
  ask(): void
}

export interface HostWatchOptions {
  /** A question that the host answers by itself and at once. */
  readonly question: () => Promise<unknown>
  readonly onChange: () => void
  readonly everyMs?: number
  /** An answer that takes longer is none. */
  readonly lateMs?: number
}

/** Asks for as long as the page lives. A refusal is an answer, too. */
export function createHostWatch(options: HostWatchOptions): HostWatch {
  const { question, onChange, everyMs = 3000, lateMs = 6000 } = options
  let silentSince: number | null = null
  // By a clock that only runs.
  let answeredAt = performance.now()
  let askedAt: number | null = null

  function setSilent(isSilent: boolean): void {
    if ((silentSince !== null) === isSilent) return
    silentSince = isSilent ? Date.now() - (performance.now() - answeredAt) : null
    onChange()
  }

  function ask(): void {
    if (askedAt !== null) {
      if (performance.now() - askedAt >= lateMs) setSilent(true)
      return
    }
    askedAt = performance.now()
    const answered = () => {
      askedAt = null
      answeredAt = performance.now()
      setSilent(false)
    }
    question().then(answered, answered)
  }

  setInterval(ask, everyMs)
  return {
    get silentSince() {
      return silentSince
    },
    get silentMs() {
      return silentSince === null ? 0 : performance.now() - answeredAt
    },
    ask,
  }
}
