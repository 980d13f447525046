// The part of a tap's pane about what it holds: the rule, and each that waits for the user's decision.

import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { parseFilter } from '../../../shared/filter/parseFilter.ts'
import {
  type HeldItem,
  type HoldRule,
  type HoldStatus,
  noHolds,
} from '../../../shared/session/tapHolds.ts'
import { formatCount, formatRunning } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { createFormCalls } from '../../composer/formCalls.ts'
import { hintLine } from '../../composer/formParts.ts'
import { type Hint, problemHint } from '../../composer/hint.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { redrawOn } from '../statistics/redrawOn.ts'
import { formBox, wayChoice, wayNames } from './tapForm.ts'
import './heldEditor.ts'
import type { HeldEditor } from './heldEditor.ts'
import { heldKey, keepDraftsOf } from './keptDrafts.ts'

/** Tenths of a second are shown. */
const tickMs = 100
const nothingWrong: ReadonlySet<string> = new Set()

/** `<lifeline-holds>`: of `model`, the session of a tap that listens. */
export class HoldsPane extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  readonly #calls = createFormCalls(() => this.requestUpdate())
  /** The rule as it is typed; null while its form is closed. */
  #draft: HoldRule | null = null
  /** What the user opened; the oldest otherwise. */
  #opened: number | null = null
  /** Once it is gone, the next one takes the focus that it has. */
  #decided: number | null = null
  /** The one that had the focus before the picture is drawn anew. */
  #focused: number | null = null
  #takesFocus = false
  #tick: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    redrawOn(this, () => this.#holds)
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#tick)
    super.disconnectedCallback()
  }

  /** Goes to the held one that is open. False where there is none. */
  focusHeld(): boolean {
    if (this.#holds.held.length === 0) return false
    this.#takesFocus = true
    this.requestUpdate()
    return true
  }

  get #holds(): HoldStatus {
    return this.model.status?.holds ?? noHolds
  }

  get #openId(): number | null {
    const { held } = this.#holds
    return (held.find(({ id }) => id === this.#opened) ?? held[0])?.id ?? null
  }

  protected override willUpdate(): void {
    this.#focused = this.querySelector<HeldEditor>('lifeline-held:focus-within')?.item.id ?? null
  }

  protected override updated(): void {
    clearTimeout(this.#tick)
    if (!this.isConnected) return
    const { held, count } = this.#holds
    if (held.length === count) keepDraftsOf(this.model, held)
    if (held.length > 0 && this.model.hostSilentSince === null)
      this.#tick = setTimeout(() => this.requestUpdate(), tickMs)
    const isGone = this.#focused !== null && held.every(({ id }) => id !== this.#focused)
    if (!this.#takesFocus && !isGone) return
    // What is typed for one that is gone on its own is not meant for the next.
    const isNext = this.#takesFocus || this.#focused === this.#decided
    this.#takesFocus = false
    const editor = isNext ? this.querySelector<HeldEditor>('lifeline-held') : null
    if (editor) editor.takeFocus()
    else this.querySelector<HTMLElement>('.tap-row > button')?.focus()
  }

  override render(): TemplateResult {
    const { rule, held, count } = this.#holds
    const by = rule === null ? '' : ruleWords(rule)
    return html`<h3>Hold and change</h3>
      <div class="tap-row ${rule === null ? '' : 'on'}">
        <button type="button" aria-expanded=${String(this.#draft !== null)} @click=${this.#toggle}>
          <i class="codicon codicon-chevron-${this.#draft === null ? 'right' : 'down'}" aria-hidden="true"></i>
          <span class="name">Hold</span> <span class="state">${rule === null ? 'off' : by}</span></button>
        ${this.#draft === null ? nothing : this.#form(this.#draft, rule !== null)}
      </div>
      ${rule !== null && count === 0 ? html`<p class="sentence">Nothing waits now.</p>` : nothing}
      ${count > 1 && rule !== null ? html`<div class="hold-acts"><button type="button" class="link" title="What comes from now on is held again" @click=${() => this.#passAll(rule)}>Let all ${formatCount(count)} pass</button></div>` : nothing}
      <ul class="held">${repeat(held, heldKey, (item) => this.#item(item))}</ul>
      ${count > held.length ? html`<p class="sentence">${formatCount(count - held.length)} more wait behind them.</p>` : nothing}`
  }

  #item(item: HeldItem): TemplateResult {
    const isOpen = item.id === this.#openId
    const what = `${item.kind === 'message' ? 'WebSocket' : 'Answer on'} #${formatCount(item.connection)}, ${wayNames[item.to]}`
    const waited = formatRunning(Math.max(0, this.model.clock.now() - item.since))
    return html`<li class="tap-row on">
      <button type="button" aria-expanded=${String(isOpen)} @click=${() => this.#open(item.id)}>
        <i class="codicon codicon-chevron-${isOpen ? 'down' : 'right'}" aria-hidden="true"></i>
        <span class="name">${what}</span> <span class="state" aria-hidden="true">${waited}</span></button>
      ${isOpen ? html`<lifeline-held .model=${this.model} .item=${item} @decided=${() => this.#decide(item.id)} @undecided=${() => this.#decide(null)}></lifeline-held>` : nothing}</li>`
  }

  #form(draft: HoldRule, isOn: boolean): TemplateResult {
    const submit = (event: Event) => {
      event.preventDefault()
      void this.#set(draft)
    }
    const filter = {
      ...{ name: 'filter', label: 'What matches', empty: 'everything' },
      hint: 'A filter such as type:order or path:/feed',
    }
    const [mistake] = parseFilter(draft.filter).mistakes
    const wrong = mistake === undefined ? nothingWrong : new Set(['filter'])
    return html`<form class="tap-form" @submit=${submit}>
      <p class="about">Messages of WebSockets, and answers that are no streams, wait until you let them pass, change or drop them. What comes behind one waits with it.</p>
      ${formBox(wrong, filter, draft.filter, (text) => this.#change({ filter: text }))}
      ${wayChoice(draft.way, (way) => this.#change({ way }))}
      ${hintLine('hold-hint', this.#hint(mistake?.message))}
      <div class="acts"><button type="submit" ?disabled=${mistake !== undefined}>${isOn ? 'Change' : 'Hold'}</button>
        ${isOn ? html`<button type="button" title="What waits passes" @click=${() => this.#set(null)}>Hold no more</button>` : nothing}</div>
    </form>`
  }

  #hint(mistake: string | undefined): Hint {
    const { problem } = this.#calls
    if (mistake !== undefined) return { text: mistake, tone: 'error' }
    return problem === null ? { text: '', tone: '' } : problemHint(problem, this.model)
  }

  readonly #toggle = (): void => {
    const filter = this.model.shown.filter.text
    const fresh: HoldRule = { filter, way: 'both' }
    this.#draft = this.#draft === null ? (this.#holds.rule ?? fresh) : null
    this.#calls.forget()
  }

  #change(part: Partial<HoldRule>): void {
    if (this.#draft) this.#draft = { ...this.#draft, ...part }
    this.#calls.forget()
  }

  /** The form closes once it is taken. */
  async #set(rule: HoldRule | null): Promise<void> {
    if (!(await this.#calls.run(this.model.api.setHold(rule)))) return
    this.#draft = null
    this.#takesFocus = true
    this.requestUpdate()
  }

  async #passAll(rule: HoldRule): Promise<void> {
    const { api } = this.model
    await this.#calls.run(api.setHold(null).then(() => api.setHold(rule)))
  }

  #open(id: number): void {
    this.#opened = id
    this.#takesFocus = true
    this.requestUpdate()
  }

  #decide(id: number | null): void {
    this.#decided = id
  }
}

function ruleWords({ filter, way }: HoldRule): string {
  return `by ${filter.trim() === '' ? 'no filter' : visibleLine(filter)} · ${wayNames[way]}`
}

customElements.define('lifeline-holds', HoldsPane)
