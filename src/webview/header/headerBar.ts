// The bar on top: the session and its facts, the filter, and the buttons.

import '@vscode-elements/elements/dist/vscode-button/index.js'
import { html, nothing, type TemplateResult } from 'lit'
import { methods } from '../../shared/endpoint/methods.ts'
import { allExportFormats, exportFormats } from '../../shared/session/exportFormats.ts'
import { formatCount } from '../../shared/text/units.ts'
import { LightElement } from '../elements/lightElement.ts'
import { menuButton, openMenu } from '../elements/menu.ts'
import { toolLabel } from '../elements/toolLabel.ts'
import { typedText } from '../elements/typedText.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { identity } from './identity.ts'

const filterDelayMs = 150
const filterTitle = 'Words in any letter case, or conditions such as dir:in, size>1kB, $.price > 7'

/** `<lifeline-header>`: acts on `model`, fires `perform`; the page re-renders it when the model changes. */
export class HeaderBar extends LightElement {
  static override properties = { model: { attribute: false }, statisticsOpen: { attribute: false } }
  declare model: TimelineModel
  declare statisticsOpen: boolean
  #filterTimer: ReturnType<typeof setTimeout> | undefined
  #clock: ReturnType<typeof setInterval> | undefined

  override connectedCallback(): void {
    super.connectedCallback()
    this.#clock = setInterval(() => this.requestUpdate(), 1000)
  }

  override disconnectedCallback(): void {
    clearInterval(this.#clock)
    super.disconnectedCallback()
  }

  focusFilter(): void {
    this.#box?.focus()
    this.#box?.select()
  }

  get #box(): HTMLInputElement | null {
    return this.querySelector('.filter input')
  }

  override render(): TemplateResult {
    const { method } = this.model.status ?? {}
    const polls = method !== undefined && methods[method].polls
    return html`<header class="bar ${polls ? 'polls' : ''}">
      ${identity(this.model)}
      <div class="tools" role="toolbar" aria-label="Timeline">
        ${this.#filter()} ${this.#buttons()}
      </div>
    </header>`
  }

  #filter(): TemplateResult {
    const { typed, liveTotal, partial } = this.model.shown
    const [mistake] = typed.mistakes
    const all = framesShown(this.model)
    const found = partial ? 'searching' : `${formatCount(liveTotal)} of ${formatCount(all)}`
    return html`<label class="filter">
      <span class="sr">Filter</span>
      <i class="codicon codicon-filter" aria-hidden="true"></i>
      <input type="text" placeholder="Filter by text" title=${mistake?.message ?? filterTitle} spellcheck="false" autocomplete="off"
        .value=${typed.text} aria-invalid=${mistake ? 'true' : nothing} @input=${this.#handleInput} @keydown=${this.#handleKey}>
      ${
        typed.text === ''
          ? nothing
          : html`<span class="found" title="Frames that match, of all that could be shown">${found}</span>
            <button type="button" class="icon" title="Empty the filter" aria-label="Empty the filter"
              @click=${this.#emptyFilter}><i class="codicon codicon-close" aria-hidden="true"></i></button>`
      }
    </label>`
  }

  #buttons(): TemplateResult {
    const { model } = this
    const { session } = model
    const live = session !== null && !session.readOnly
    const paused = model.shown.pausedSeq !== null
    const over = !live || session.status.state === 'ended'
    return html`
      ${tool('search', 'Find', 'Step through matches and leave the other rows (Ctrl+F)', null, () => this.dispatchEvent(new CustomEvent('perform', { bubbles: true, detail: 'find' })))}
      ${live && (paused || !over) ? tool(paused ? 'debug-continue' : 'debug-pause', paused ? 'Resume' : 'Pause', 'Stop drawing new rows, or go on; recording is not affected', paused, () => model.shown.setPaused(!paused)) : nothing}
      ${live && !over ? tool('arrow-down', 'Follow', 'Keep the newest row in view', model.shown.follow && !paused, () => model.shown.setFollow(!model.shown.follow || paused)) : nothing}
      ${session !== null && methods[session.status.method].hasWireLayer ? tool('layers', 'Wire', 'Show fragments of messages, frames of HTTP/2 and ignored lines as rows', model.shown.filter.wire, () => model.shown.setWire(!model.shown.filter.wire)) : nothing}
      ${tool('clear-all', 'Clear', 'Hide the rows up to now; nothing is deleted', null, () => model.shown.clear())}
      ${tool('graph-line', 'Statistics', 'Figures and charts of the session (Alt+N)', this.statisticsOpen, () => this.dispatchEvent(new CustomEvent('perform', { detail: 'statistics' })))}
      ${menuButton({ name: 'Export', icon: 'export', title: 'Copy or save the timeline', open: (button) => this.#export(button) })}
      ${live && !over ? tool('debug-restart', 'Reconnect', 'Connect again at once', null, () => model.actions.run(model.api.reconnect()), session.status.state === 'open') : nothing}
      ${session !== null ? this.#mainButton(over) : nothing}`
  }

  /** One button for all states, never disabled, so that the focus stays on it. */
  #mainButton(over: boolean): TemplateResult {
    const { actions, api, status } = this.model
    const idle = status?.state === 'closing' || this.model.hostSilentSince !== null
    const press = () => {
      if (!idle) actions.run(over ? api.reconnect() : api.disconnect())
    }
    return html`<vscode-button class="main" aria-disabled=${idle ? 'true' : nothing} @click=${press}>
      ${over ? 'Reconnect' : 'Disconnect'}
    </vscode-button>`
  }

  #export(button: HTMLElement): void {
    const { model } = this
    const { actions, api, shown } = model
    openMenu(button, [
      ...allExportFormats.map((format) => ({
        label: `Copy: ${exportFormats[format].label}`,
        run: () => actions.run(api.copyExport(format, shown.filter)),
      })),
      ...allExportFormats.map((format) => ({
        label: `Save: ${exportFormats[format].label}…`,
        run: () => actions.run(api.saveExport(format, shown.filter)),
      })),
      {
        label: 'Save: Lifeline capture…',
        run: () => actions.run(api.saveExport('capture', shown.filter)),
      },
    ])
  }

  #handleInput(event: InputEvent): void {
    const text = typedText(event)
    clearTimeout(this.#filterTimer)
    this.#filterTimer = setTimeout(() => this.model.shown.setText(text), filterDelayMs)
  }

  #handleKey(event: KeyboardEvent): void {
    // What was just typed may not have reached the model yet.
    if (event.key === 'Escape' && typedText(event) !== '') {
      event.stopPropagation()
      this.#emptyFilter()
    } else if (event.key === 'Enter' || event.key === 'ArrowDown' || event.key === 'Escape') {
      event.preventDefault()
      clearTimeout(this.#filterTimer)
      this.model.shown.setText(typedText(event))
      this.dispatchEvent(new CustomEvent('leave-filter', { bubbles: true }))
    }
  }

  #emptyFilter(): void {
    clearTimeout(this.#filterTimer)
    // The model may not have heard of what is in it, and then draws nothing anew.
    if (this.#box) this.#box.value = ''
    this.model.shown.setText('')
    this.focusFilter()
  }
}

/** Those that are rows where no text is sought, which unfolds all. */
function framesShown({ status, shown: { filter, pausedSeq } }: TimelineModel): number {
  if (!status) return 0
  const wire = filter.wire ? 0 : status.statistics.wireFrames
  return Math.max(0, (pausedSeq ?? status.frames) - filter.afterSeq - wire)
}

/** `pressed` null: a plain button; otherwise a toggle. `idle`: it keeps its room and the focus, and does nothing. */
function tool(
  icon: string,
  name: string,
  title: string,
  pressed: boolean | null,
  run: () => void,
  idle = false,
): TemplateResult {
  return html`<button type="button" class="tool" title=${title} aria-label=${name}
    aria-disabled=${idle ? 'true' : nothing}
    aria-pressed=${pressed === null ? nothing : String(pressed)} @click=${() => !idle && run()}>
    ${toolLabel(icon, name)}
  </button>`
}

customElements.define('lifeline-header', HeaderBar)
