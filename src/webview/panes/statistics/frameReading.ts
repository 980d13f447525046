// Reading frames for an element: pulled while it is on the page, told and stopped where that takes long.

import type { nothing, ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit'
import type { AnalysisScope } from '../../../shared/session/analysisResults.ts'
import { toError } from '../../../shared/unknown.ts'
import { readingNames, searchButton } from '../../elements/iconButton.ts'
import { createPulled } from '../../model/pulled.ts'
import { SlowSearch, searchWords } from '../../model/slowSearch.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'

/** What comes is drawn twice a second at the most. */
const everyMs = 500

export interface FrameReadingOptions {
  readonly model: () => TimelineModel
  /** The frames, and what is read of them: of other ones all begins anew. */
  readonly scope: () => AnalysisScope
  /** Reads once, and keeps what has come. Answers how far it has come. */
  readonly read: () => Promise<ReadFrames>
}

export interface ReadFrames {
  /** There is more to read. */
  readonly partial: boolean
  /** Frames up to this one are read. */
  readonly upTo: number
}

/** What is needed of the element. */
export type ReadingElement = ReactiveControllerHost &
  EventTarget & { readonly isConnected: boolean }

/** To be given to `host` by its constructor. */
export class FrameReading implements ReactiveController {
  /** Why it could not be read, when it was asked for last. */
  problem: string | null = null
  readonly #search = new SlowSearch()
  readonly #host: ReadingElement
  readonly #options: FrameReadingOptions
  readonly #pulled = createPulled({
    wanted: () => this.#wanted(),
    ask: () => this.#ask(),
    everyMs,
    // Others want answers, too, and recording has its time.
    restMs: (tookMs) => tookMs,
    onChange: () => this.#host.requestUpdate(),
    onProblem: (problem) => {
      this.problem = toError(problem).message
    },
  })
  #of = ''
  #unheard = (): void => {}

  constructor(host: ReadingElement, options: FrameReadingOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** Not all that there may be is read. */
  get isOpen(): boolean {
    return this.#search.isOpen
  }

  /** The user has stopped it. */
  get isStopped(): boolean {
    return this.#search.isStopped
  }

  hostConnected(): void {
    this.#unheard = this.#options.model().onChange(() => this.#pulled.refresh())
    this.#host.addEventListener('keydown', this.#handleKey)
  }

  hostDisconnected(): void {
    this.#unheard()
    this.#host.removeEventListener('keydown', this.#handleKey)
  }

  hostUpdate(): void {
    const of = JSON.stringify(this.#options.scope())
    if (of !== this.#of) this.#search.end()
    this.#of = of
  }

  hostUpdated(): void {
    this.#pulled.refresh()
  }

  /** `reading 43 %`, `stopped at 43 %`; empty where neither is told. */
  words(): string {
    const { afterSeq, untilSeq } = this.#options.scope()
    const frames = this.#options.model().status?.frames ?? 0
    return searchWords(this.#search, afterSeq, untilSeq ?? frames, 'reading')
  }

  /** Stops what is told, and has it go on; nothing where nothing is. */
  button(): TemplateResult | typeof nothing {
    const { isSlow, isStopped } = this.#search
    const goOn = () => {
      this.#search.goOn()
      this.#host.requestUpdate()
    }
    return searchButton({ isSlow, isStopped, names: readingNames, stop: () => this.#stop(), goOn })
  }

  /** Hidden pages are told of no new frames. */
  #wanted(): string | null {
    const { session, bookmarks } = this.#options.model()
    if (!this.#host.isConnected || session === null || this.isStopped) return null
    const scope = this.#options.scope()
    const { version } = bookmarks
    return JSON.stringify([
      ...[session.sessionId, session.status.frames],
      ...[scope, scope.filter && version],
    ])
  }

  async #ask(): Promise<boolean> {
    const { partial, upTo } = await this.#options.read()
    this.problem = null
    this.#search.see(partial, upTo)
    return !partial
  }

  /** Escape stops what is told; otherwise it is left to the page, which closes what is around. */
  readonly #handleKey = (event: Event): void => {
    if (!('key' in event) || event.key !== 'Escape' || !this.#stop()) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Answers whether there was something to stop that is told. */
  #stop(): boolean {
    const isStopped = this.#search.stop()
    if (isStopped) this.#host.requestUpdate()
    return isStopped
  }
}
