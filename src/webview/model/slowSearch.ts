// A search over many frames in slices: told once it takes longer than a moment, and stopped between two slices.

/** What is over sooner is not told. */
const slowMs = 500

/** Hears after each slice that frames up to `upTo` have been looked at. Answers whether the search goes on. */
export type ReadOn = (upTo: number) => boolean

export class SlowSearch {
  /** Frames up to this one have been looked at. */
  upTo = 0
  /** The user has stopped it. */
  isStopped = false
  #since: number | null = null

  /** It has gone on for a while. */
  get isSlow(): boolean {
    return this.#since !== null && !this.isStopped && Date.now() - this.#since > slowMs
  }

  /** It is not at its end: it goes on, or is stopped. */
  get isOpen(): boolean {
    return this.#since !== null
  }

  readonly readOn: ReadOn = (upTo) => {
    if (this.isStopped) return false
    this.#since ??= Date.now()
    this.upTo = upTo
    return true
  }

  /** `partial`: not all has been looked at. */
  see(partial: boolean, upTo = this.upTo): void {
    if (partial) {
      this.readOn(upTo)
      this.upTo = upTo
    } else this.end()
  }

  /** All has been looked at, or something else is sought. */
  end(): void {
    this.upTo = 0
    this.isStopped = false
    this.#since = null
  }

  /** What was found by then stays. Answers whether there was one to stop that is told. */
  stop(): boolean {
    if (!this.isSlow) return false
    this.isStopped = true
    return true
  }

  goOn(): void {
    this.isStopped = false
  }
}

/** The rows among which is sought, up to the newest one or the pause. */
export interface SearchedFrames {
  readonly shown: {
    readonly filter: { readonly afterSeq: number }
    readonly pausedSeq: number | null
  }
  readonly status: { readonly frames: number } | null
}

/** As `searchWords`. */
export function progressWords(search: SlowSearch, { shown, status }: SearchedFrames): string {
  return searchWords(search, shown.filter.afterSeq, shown.pausedSeq ?? status?.frames ?? 0)
}

/**
 * `searching 43 %`, `stopped at 43 %`, of the frames after `afterSeq` up to `last`; empty where neither is told. `verb`:
 * what is done instead.
 */
export function searchWords(
  { isSlow, isStopped, upTo }: SlowSearch,
  afterSeq: number,
  last: number,
  verb = 'searching',
): string {
  if (!isSlow && !isStopped) return ''
  const all = last - afterSeq
  const read = Math.max(0, upTo - afterSeq)
  const percent = all <= 0 ? 0 : Math.min(99, Math.floor((100 * read) / all))
  return isStopped ? `stopped at ${percent} %` : `${verb} ${percent} %`
}
