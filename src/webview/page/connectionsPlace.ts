// The place of the connections: to the left of the rows with a width of its own, in a narrow window above them.

import { html, nothing, type TemplateResult } from 'lit'
import type { ConnectionsBy } from '../../shared/session/connections.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import '../panes/connections/connectionsPane.ts'
import type { ConnectionsPane } from '../panes/connections/connectionsPane.ts'
import type { ViewState } from './viewState.ts'

export type ConnectionsView = Pick<
  ViewState,
  'connectionsOpen' | 'connectionsShare' | 'connectionsBy'
>

export interface ConnectionsParts {
  readonly model: TimelineModel
  readonly memory: { readonly view: ConnectionsView; change(part: Partial<ConnectionsView>): void }
  widthPx(): number
  /** Resolves once the page is drawn anew. */
  redraw(): Promise<unknown>
  focusRows(): void
  pane(): ConnectionsPane | null
}

/** Below this width it would leave the rows too little, and is closed at first. */
const leastBesidePx = 900

/** Whether it is open is remembered with the view; a tap has it open where nobody has closed it. */
export class ConnectionsPlace {
  readonly #parts: ConnectionsParts

  constructor(parts: ConnectionsParts) {
    this.#parts = parts
  }

  get isOpen(): boolean {
    const { model, memory } = this.#parts
    const { connectionsOpen } = memory.view
    return connectionsOpen ?? (model.status?.method === 'tap' && !this.isNarrow)
  }

  get isNarrow(): boolean {
    return this.#parts.widthPx() < leastBesidePx
  }

  /** Its part of the width. */
  get share(): number {
    return this.#parts.memory.view.connectionsShare
  }

  render(): TemplateResult | typeof nothing {
    if (!this.isOpen || !this.#parts.model.session) return nothing
    const { connectionsBy } = this.#parts.memory.view
    return html`<lifeline-connections .model=${this.#parts.model} .by=${connectionsBy} @close-connections=${() => this.close()}
        @list-by=${({ detail }: CustomEvent<ConnectionsBy>) => this.#change({ connectionsBy: detail })}></lifeline-connections>
      ${
        this.isNarrow
          ? nothing
          : html`<lifeline-splitter aria-label="Size of the connections" .share=${this.share} .sizesLeft=${true}
        @share=${({ detail }: CustomEvent<number>) => this.#change({ connectionsShare: detail })}></lifeline-splitter>`
      }`
  }

  toggle(): void {
    if (this.close()) return
    void this.#change({ connectionsOpen: true }).then(() => this.#parts.pane()?.focusPane())
  }

  /** False where it is closed already. */
  close(): boolean {
    if (!this.isOpen) return false
    void this.#change({ connectionsOpen: false })
    this.#parts.focusRows()
    return true
  }

  #change(part: Partial<ConnectionsView>): Promise<unknown> {
    this.#parts.memory.change(part)
    return this.#parts.redraw()
  }
}
