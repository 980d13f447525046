// The place of the findings: a strip over the whole width below the rows, with a height of its own.

import { html, nothing, type TemplateResult } from 'lit'
import type { TimelineModel } from '../model/timelineModel.ts'
import '../panes/findings/findingsPane.ts'
import type { FlaggedFinding } from '../model/findingsKeeper.ts'
import type { FindingsPane } from '../panes/findings/findingsPane.ts'
import type { FindingsView } from './viewState.ts'

export interface FindingsParts {
  /** Of the sessions on the page. */
  readonly models: readonly TimelineModel[]
  readonly memory: { readonly view: FindingsView; change(part: Partial<FindingsView>): void }
  /** Resolves once the page is drawn anew. */
  redraw(): Promise<unknown>
  focusRows(): void
  pane(): FindingsPane | null
}

/** Whether it is open is remembered with the view. */
export class FindingsPlace {
  readonly #parts: FindingsParts

  constructor(parts: FindingsParts) {
    this.#parts = parts
  }

  get isOpen(): boolean {
    return this.#view.findingsOpen
  }

  /** Its part of the height. */
  get share(): number {
    return this.#view.findingsShare
  }

  get #view(): FindingsView {
    return this.#parts.memory.view
  }

  render(): TemplateResult | typeof nothing {
    if (!this.isOpen) return nothing
    return html`<lifeline-splitter aria-label="Size of the findings" .share=${this.share} .stacked=${true}
        @share=${({ detail }: CustomEvent<number>) => this.#change({ findingsShare: detail })}></lifeline-splitter>
      <lifeline-findings .models=${this.#parts.models} @close-findings=${() => this.close()}></lifeline-findings>`
  }

  toggle(): void {
    if (!this.close()) this.show()
  }

  /** Goes to the finding, or to all of them. */
  show(finding: FlaggedFinding | null = null): void {
    const drawn = this.#change({ findingsOpen: true })
    void drawn.then(() => this.#parts.pane()?.focusPane(finding))
  }

  /** False where it is closed already. */
  close(): boolean {
    if (!this.isOpen) return false
    void this.#change({ findingsOpen: false })
    this.#parts.focusRows()
    return true
  }

  /** The same, where the keyboard is in it. */
  closeFocused(): boolean {
    return this.#parts.pane()?.contains(document.activeElement) === true && this.close()
  }

  #change(part: Partial<FindingsView>): Promise<unknown> {
    this.#parts.memory.change(part)
    return this.#parts.redraw()
  }
}
