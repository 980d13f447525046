// The progress of reading the frames of a scope: in words, with the button that stops it and has it go on.

import type { nothing, TemplateResult } from 'lit'
import type { AnalysisScope } from '../../shared/session/analysisResults.ts'
import { readingNames, searchButton } from '../elements/iconButton.ts'
import { SlowSearch, searchWords } from '../model/slowSearch.ts'

export class ReadingProgress {
  readonly search = new SlowSearch()
  readonly #changed: () => void
  #of = ''

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** What is read by now: of something else all begins anew. */
  begin(of: string): void {
    if (of !== this.#of) this.search.end()
    this.#of = of
  }

  /** `reading 43 %`, `stopped at 43 %`; empty where neither is told. `frames`: all that there are. */
  words({ afterSeq, untilSeq }: AnalysisScope, frames: number): string {
    return searchWords(this.search, afterSeq, untilSeq ?? frames, 'reading')
  }

  button(): TemplateResult | typeof nothing {
    const { isSlow, isStopped } = this.search
    const goOn = () => {
      this.search.goOn()
      this.#changed()
    }
    return searchButton({ isSlow, isStopped, names: readingNames, stop: () => this.#stop(), goOn })
  }

  /** Escape stops what is told; otherwise it is left to the page, which closes what is around. */
  readonly handleKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.#stop()) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Answers whether there was something to stop that is told. */
  #stop(): boolean {
    const isStopped = this.search.stop()
    if (isStopped) this.#changed()
    return isStopped
  }
}
