// Notices that the extension host answers no more, and that it does again.

export interface HostWatch {
  /** Epoch ms of its last answer; null while it answers. */
  readonly silentSince: number | null
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
  let answeredAt = Date.now()
  let askedAt: number | null = null

  function setSilent(since: number | null): void {
    if (silentSince === since) return
    silentSince = since
    onChange()
  }

  function ask(): void {
    if (askedAt !== null) {
      if (Date.now() - askedAt >= lateMs) setSilent(answeredAt)
      return
    }
    askedAt = Date.now()
    const answered = () => {
      askedAt = null
      answeredAt = Date.now()
      setSilent(null)
    }
    question().then(answered, answered)
  }

  setInterval(ask, everyMs)
  return {
    get silentSince() {
      return silentSince
    },
    ask,
  }
}
