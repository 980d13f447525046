// The note of a button that it has copied, shown for a while.

import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** So long. */
const copiedMs = 2000

/** To be given to `host` by its constructor. `What`: which of its buttons. */
export class CopiedNote<What extends string = 'all'> implements ReactiveController {
  /** What was copied just now; null: nothing. */
  what: What | null = null
  readonly #host: ReactiveControllerHost
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  /** Once it `isCopied`. */
  async tell(what: What, isCopied: Promise<boolean>): Promise<void> {
    if (!(await isCopied)) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#show(null), copiedMs)
    this.#show(what)
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer)
    this.what = null
  }

  #show(what: What | null): void {
    this.what = what
    this.#host.requestUpdate()
  }
}
