// The pane of the connections, to the left of the rows: each of them, or all of a path; a choice filters the rows.

import { html, nothing, type TemplateResult } from 'lit'
import type { ConnectionsBy } from '../../../shared/session/connections.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { LightElement } from '../../elements/lightElement.ts'
import { openMenu } from '../../elements/menu.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { connectionId, connectionView } from './connectionView.ts'
import { filterOf, indexAfter, isFiltered } from './listedRows.ts'

/** As the style sheet has it. */
const rowPx = 50

const byNames: Readonly<Record<ConnectionsBy, string>> = {
  path: 'by path',
  number: 'one by one',
}

/** `<lifeline-connections>`: of `model`; fires `list-by` with the other way to list them, `close-connections` and `leave-connections`. The page re-renders it when the model changes. */
export class ConnectionsPane extends LightElement {
  static override properties = { model: { attribute: false }, by: { attribute: false } }
  declare model: TimelineModel
  declare by: ConnectionsBy
  #active = 0
  readonly #resized = new ResizeObserver(() => this.#look())

  override connectedCallback(): void {
    super.connectedCallback()
    this.#resized.observe(this)
  }

  override disconnectedCallback(): void {
    this.#resized.disconnect()
    this.model.connections.show(null)
    super.disconnectedCallback()
  }

  focusPane(): void {
    this.#list?.focus({ preventScroll: true })
  }

  get #list(): HTMLElement | null {
    return this.querySelector('.connections-list')
  }

  get #view(): { readonly first: number; readonly last: number } {
    const { scrollTop = 0, clientHeight = 0 } = this.#list ?? {}
    return {
      first: Math.floor(scrollTop / rowPx),
      last: Math.floor((scrollTop + clientHeight) / rowPx),
    }
  }

  protected override updated(): void {
    this.#tell()
  }

  /** What is in view is what is asked for. */
  #tell(): void {
    this.model.connections.show({ by: this.by, ...this.#view })
  }

  readonly #look = (): void => {
    this.requestUpdate()
  }

  override render(): TemplateResult {
    const { counts, total, partial } = this.model.connections
    const active = total > 0 ? connectionId(Math.min(this.#active, total - 1)) : nothing
    return html`<section class="connections" aria-label="Connections">
      <div class="pane-head">
        <h2>Connections</h2>
        <span class="actions">
          <button type="button" class="tool by" aria-haspopup="menu" title="List connections by path, or one by one" @click=${this.#chooseBy}>${byNames[this.by]}<i class="codicon codicon-chevron-down" aria-hidden="true"></i></button>
          <button type="button" class="icon" title="Close" aria-label="Close the connections" @click=${() => this.#fire('close-connections')}><i class="codicon codicon-close" aria-hidden="true"></i></button>
        </span>
      </div>
      <div class="connections-list" role=${total > 0 ? 'listbox' : 'group'} tabindex="0" aria-label=${`Connections ${byNames[this.by]}`} aria-activedescendant=${active}
        @keydown=${this.#handleKey} @scroll=${this.#look}>
        <div class="connections-room" .style=${`--total: ${total}`}>${this.#rows(total)}</div>
        ${total > 0 ? nothing : html`<p class="sentence">${counts === null || partial ? 'Reading the frames …' : 'No connection yet.'}</p>`}
      </div>
      ${this.#forgotten()}
    </section>`
  }

  #rows(total: number): readonly TemplateResult[] {
    const { first, last } = this.#view
    const active = Math.min(this.#active, total - 1)
    const drawn: TemplateResult[] = []
    // One more each way, so that a step never shows an empty place.
    for (let index = Math.max(0, first - 1); index <= Math.min(last + 1, total - 1); index++) {
      const row = this.model.connections.row(index)
      if (!row) continue
      const chosen = this.model.shown.filter.text === filterOf(this.model, row, this.by)
      const look = { index, total, by: this.by, chosen, active: index === active }
      drawn.push(connectionView(row, look, () => this.#choose(index)))
    }
    return drawn
  }

  #forgotten(): TemplateResult | typeof nothing {
    const forgotten = this.model.connections.counts?.forgotten ?? 0
    if (forgotten === 0) return nothing
    const what = this.by === 'path' ? 'paths' : 'connections'
    return html`<p class="sentence forgotten">${formatCount(forgotten)} older ${what} are not listed; their frames are all there.</p>`
  }

  /** Once more shows all again. */
  #choose(index: number): void {
    this.#active = index
    const row = this.model.connections.row(index)
    if (row) {
      const filter = filterOf(this.model, row, this.by)
      const { shown } = this.model
      shown.setText(shown.filter.text === filter ? '' : filter)
    }
    this.requestUpdate()
  }

  readonly #chooseBy = (event: Event): void => {
    const items = (['path', 'number'] as const).map((by) => ({
      label: byNames[by],
      checked: by === this.by,
      run: () => this.#fire('list-by', by),
    }))
    openMenu(event.currentTarget as HTMLElement, items)
  }

  readonly #handleKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    if (!this.#act(event.key)) return
    event.preventDefault()
    event.stopPropagation()
  }

  /** Whether the key was for the list. */
  #act(key: string): boolean {
    const { total } = this.model.connections
    const { first, last } = this.#view
    const next = indexAfter(key, { at: this.#active, total, page: last - first - 1 })
    if (next !== null) this.#activate(next)
    else if (key === 'Enter' || key === ' ') this.#choose(this.#active)
    else if (key === 'Escape') return this.#clear()
    else return false
    return true
  }

  #activate(index: number): void {
    this.#active = index
    const list = this.#list
    if (list) {
      const top = index * rowPx
      const most = top + rowPx - list.clientHeight
      if (list.scrollTop > top) list.scrollTop = top
      else if (list.scrollTop < most) list.scrollTop = most
    }
    this.requestUpdate()
  }

  /** False where no row is filtered by: then the key is the page's. */
  #clear(): boolean {
    if (!isFiltered(this.model, this.by)) return false
    this.model.shown.setText('')
    return true
  }

  #fire(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }))
  }
}

customElements.define('lifeline-connections', ConnectionsPane)
