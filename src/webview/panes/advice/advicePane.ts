// The pane of the method: what was measured of the session, questions, the recommendation, and what each method costs.

import { html, nothing, type TemplateResult } from 'lit'
import type { SaidNeeds } from '../../../shared/advice/needs.ts'
import { isClientMethod } from '../../../shared/endpoint/methods.ts'
import type { Usage } from '../../../shared/session/usage.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { CopiedNote } from '../../elements/copiedNote.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { figureTableView } from '../statistics/figureTableView.ts'
import { FrameReading, type ReadFrames } from '../statistics/frameReading.ts'
import { type Advice, adviceOf, type MeasuredSession } from './adviceFigures.ts'
import { adviceMarkdown } from './adviceMarkdown.ts'
import { type NeedsForm, needsForm } from './needsForm.ts'

/** `<lifeline-advice>`: for `model`, with what the user `said`; fires `say-needs` and `close-advice`. */
export class AdvicePane extends LightElement {
  static override properties = { model: { attribute: false }, said: { attribute: false } }
  declare model: TimelineModel
  declare said: SaidNeeds
  #measured: MeasuredSession | null = null
  readonly #reading = new FrameReading(this, {
    model: () => this.model,
    scope: () => ({ afterSeq: 0 }),
    read: () => this.#read(),
  })
  readonly #unread = new Set<keyof SaidNeeds>()
  readonly #copied = new CopiedNote(this)

  focusPane(): void {
    this.querySelector<HTMLElement>('.statistics-body')?.focus()
  }

  async #read(): Promise<ReadFrames> {
    const { model } = this
    const { result: usage, complete, upTo } = await model.api.analysis('usage', { afterSeq: 0 })
    const { session } = model
    const method = session?.status.method
    if (session && isClientMethod(method)) {
      const lengthMs = this.#lengthMs(usage, complete)
      this.#measured = { method, usage, lengthMs, readTo: complete ? null : upTo }
    }
    return { partial: !complete, upTo }
  }

  /** Of a session that goes on up to now: nothing that comes tells something, too. */
  #lengthMs({ firstAt, lastAt }: Usage, complete: boolean): number {
    const { session, clock } = this.model
    const seenMs = (lastAt ?? 0) - (firstAt ?? 0)
    const goesOn = session && !session.readOnly && session.status.state !== 'ended'
    if (firstAt === null || !complete || !goesOn) return seenMs
    return Math.max(seenMs, clock.now() - firstAt)
  }

  get #advice(): Advice | null {
    return this.#measured && adviceOf(this.#measured, this.said)
  }

  override render(): TemplateResult {
    return html`<section class="statistics advice" aria-label="Which method">
      <div class="pane-head">
        <h2>Which method?</h2> <span class="of">${visibleLine(this.model.session?.name ?? '')}</span>
        <span class="actions">
          <button type="button" class="text" title="Copy the advice and its figures as Markdown" aria-label="Copy as Markdown"
            @click=${this.#copy}><i class="codicon codicon-copy" aria-hidden="true"></i><span class="name">${this.#copied.what ? 'Copied' : 'Copy as Markdown'}</span></button>
          <button type="button" class="icon" title="Close (Escape)" aria-label="Close the advice"
            @click=${() => this.#fire('close-advice', null)}><i class="codicon codicon-close" aria-hidden="true"></i></button>
        </span>
      </div>
      <div class="statistics-body" tabindex="0" role="group" aria-label="Advice">${this.#body()}</div>
    </section>`
  }

  #body(): TemplateResult {
    const { problem } = this.#reading
    const advice = this.#advice
    if (problem !== null) return html`<p class="sentence" role="alert">${problem}</p>`
    const { status } = this.model
    if (status !== null && !isClientMethod(status.method)) {
      return html`<p class="sentence">What passes a tap has the methods that your program chose. Connect to the server to weigh another.</p>`
    }
    if (advice === null) return html`<p class="sentence">Reading the frames …</p>`
    const [session, ...tables] = advice.tables
    const acts = { go: () => {}, show: () => {}, showWhole: () => {} }
    const drawn = [session, ...tables].map((table) =>
      table === undefined ? nothing : figureTableView(table, true, acts),
    )
    return html`<div class="advice-parts"><div>
        <h3>${advice.headline}</h3>
        <p class="about">${advice.about} ${this.#progress()}</p>
        <ul>${advice.reasons.map((reason) => html`<li>${reason}</li>`)}</ul>
        ${advice.others.map(({ name, when }) => html`<p class="other"><b>${name}, when</b> ${when}</p>`)}
        <p>${advice.interval}</p>
      </div>${needsForm(this.#form(advice))}</div>
      <p class="about">What the session took is measured; what it would take by each method is a model, whose assumptions stand below.</p>
      <div class="figure-tables">${drawn}</div>
      ${advice.notes.map((note) => html`<p class="about">${note}</p>`)}`
  }

  #progress(): TemplateResult {
    return html`${this.#reading.words()} ${this.#reading.button()}`
  }

  #form({ measured }: Advice): NeedsForm {
    return {
      said: this.said,
      measured,
      unread: this.#unread,
      say: (said) => this.#fire('say-needs', said),
      mark: (question, readable) => {
        if (readable) this.#unread.delete(question)
        else this.#unread.add(question)
        this.requestUpdate()
      },
    }
  }

  #fire(name: string, detail: SaidNeeds | null): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
  }

  async #copy(): Promise<void> {
    const { session, actions } = this.model
    const advice = this.#advice
    if (advice === null || session === null) return
    await this.#copied.tell('all', actions.copy(adviceMarkdown(session.name, advice)))
  }
}

customElements.define('lifeline-advice', AdvicePane)
