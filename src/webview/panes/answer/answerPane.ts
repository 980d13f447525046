// The Answer pane: what a model said in the session, how it came, and how it ended; live, with the caret where the stream is.

import { html, nothing, type TemplateResult } from 'lit'
import { protocolName } from '../../../shared/frame/protocolName.ts'
import { lastFrameOf, type ModelAnswer } from '../../../shared/session/modelAnswers.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { AnswerText } from '../../model/answerText.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { redrawOn } from '../statistics/redrawOn.ts'
import './answerTextView.ts'
import type { AnswerTextView } from './answerTextView.ts'
import { answerView } from './answerView.ts'
import { createAnswerChoice } from './chooseAnswer.ts'
import './copyAnswer.ts'
import { createFollowedEnd } from './followedEnd.ts'

/** While it goes on its time is drawn so often, also where nothing comes. */
const tickMs = 250

/** `<lifeline-answer>`: of `model`; fires `close-answer`. */
export class AnswerPane extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  readonly #choice = createAnswerChoice()
  readonly #end = createFollowedEnd()
  #shown: ModelAnswer | null = null
  #room = { widthPx: 0, charPx: 7 }
  #tick: ReturnType<typeof setInterval> | undefined
  readonly #resized = new ResizeObserver(() => this.#measure())

  constructor() {
    super()
    redrawOn(this, () => {
      const { answers, selected } = this.model
      return [answers.version, selected.seq, selected.hidden]
    })
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#resized.observe(this)
    this.#tick = setInterval(() => {
      if (this.#shown?.state === 'open') this.requestUpdate()
    }, tickMs)
  }

  override disconnectedCallback(): void {
    clearInterval(this.#tick)
    this.#resized.disconnect()
    this.model.answers.look('pane', null)
    super.disconnectedCallback()
  }

  focusPane(): void {
    this.querySelector<HTMLElement>('.answer-body')?.focus()
  }

  /** What is read again ends open until all of it is read. */
  get #isLive(): boolean {
    const { session } = this.model
    return session !== null && !session.readOnly && session.status.state !== 'ended'
  }

  get #view(): AnswerTextView | null {
    return this.querySelector('lifeline-answer-text')
  }

  get #text(): AnswerText | null {
    return this.#shown && this.model.answers.textOf(this.#shown.id)
  }

  protected override willUpdate(): void {
    const { answers, selected } = this.model
    this.#shown = this.#choice.shown(answers.answers, selected.seq)
    answers.look('pane', this.#shown === null ? [] : [this.#shown.id])
  }

  protected override updated(): void {
    const [answer, text] = [this.#shown, this.#text]
    if (answer && text)
      this.#view?.show({
        ...{ id: answer.id, text, open: answer.state === 'open' },
        selectedSeq: this.model.selected.seq,
        stalledSeqs: answer.stalls.map(({ untilSeq }) => untilSeq),
      })
    this.#measure()
    const grows = answer?.state === 'open' && this.#isLive
    this.#end.follow(this.querySelector('.answer-body'), answer?.id ?? null, grows)
  }

  override render(): TemplateResult {
    return html`<section class="statistics answer" aria-label="Answer">
      <div class="pane-head">
        <h2>Answer</h2>${this.#choices()}
        <span class="actions">${this.#shown === null ? nothing : html`<lifeline-copy-answer .model=${this.model} .answer=${this.#shown} .text=${this.#text}></lifeline-copy-answer>`}
          <button type="button" class="icon" title="Close (Escape)" aria-label="Close the answer"
            @click=${() => this.dispatchEvent(new CustomEvent('close-answer', { bubbles: true }))}><i class="codicon codicon-close" aria-hidden="true"></i></button>
        </span>
      </div>
      <div class="statistics-body answer-body" tabindex="0" role="group" aria-label="What the model said: left and right arrow go from chunk to chunk"
        @choose-frame=${this.#handleChoose} @keydown=${(event: KeyboardEvent) => this.#view?.handleKey(event)}>${this.#body()}</div>
      ${this.#hiddenRow()}
      <div class="sr" role="status">${this.#shown === null ? '' : standing[this.#shown.state]}</div>
    </section>`
  }

  /** One alone is no choice. */
  #choices(): TemplateResult | typeof nothing {
    const { answers } = this.model.answers
    if (answers.length < 2) return nothing
    const choose = ({ target }: Event) => {
      const id = Number((target as HTMLSelectElement).value)
      this.#choice.choose(id === answers.at(-1)?.id ? null : id)
      this.requestUpdate()
    }
    return html`<select class="which" aria-label="Which answer" @change=${choose}>${answers
      .toReversed()
      .map(
        (answer) =>
          html`<option value=${answer.id} .selected=${answer.id === this.#shown?.id}>${optionWords(answer)}</option>`,
      )}</select>`
  }

  /** Where the row of the selected frame, which is of the answer, is left out. */
  #hiddenRow(): TemplateResult | typeof nothing {
    const { selected, selection } = this.model
    const { seq, hidden } = selected
    if (this.#shown === null || seq === null || !hidden || !isOf(this.#shown, seq)) return nothing
    const detail = { focus: true }
    const open = () => this.dispatchEvent(new CustomEvent('open-detail', { bubbles: true, detail }))
    return html`<p class="hidden-row" role="status">The row of #${formatCount(seq)} is not shown.
      <button type="button" class="link" @click=${() => void selection.unhide()}>Show it</button>
      <button type="button" class="link" @click=${open}>Its detail</button></p>`
  }

  #body(): TemplateResult {
    const { problem, partial } = this.model.answers
    const answer = this.#shown
    if (problem !== null) return html`<p class="sentence" role="alert">${problem}</p>`
    if (answer !== null) return this.#answer(answer)
    return partial
      ? html`<p class="sentence">Reading the frames …</p>`
      : html`<p class="sentence">No answer of a model has come in this session. Lifeline knows the streams of the usual APIs by their chunks.</p>`
  }

  #answer(answer: ModelAnswer): TemplateResult {
    return answerView({
      ...{ answer, text: this.#text, room: this.#room, now: this.model.clock.now() },
      go: (seq) => this.#go(seq),
    })
  }

  readonly #handleChoose = ({ detail }: CustomEvent<number>): void => this.#go(detail)

  #go(seq: number): void {
    void this.model.selection.selectSeq(seq)
  }

  #measure(): void {
    const labels = this.querySelector<HTMLElement>('.bar-labels')
    if (labels === null) return
    const widthPx = labels.clientWidth
    const charPx = Number.parseFloat(getComputedStyle(labels).fontSize) * 0.62
    if (widthPx === this.#room.widthPx && charPx === this.#room.charPx) return
    this.#room = { widthPx, charPx }
    this.requestUpdate()
  }
}

/** For the live region: it speaks when this changes, and of no chunk. */
const standing: Readonly<Record<ModelAnswer['state'], string>> = {
  open: 'The model answers.',
  complete: 'The answer is complete.',
  cut: 'The answer was cut off.',
  failed: 'The answer failed.',
}

/** Whether the frame may be of it. */
function isOf(answer: ModelAnswer, seq: number): boolean {
  return seq >= answer.id && (answer.state === 'open' || seq <= lastFrameOf(answer))
}

/** `#12 gpt-4o “How do I …” complete`. */
function optionWords({ id, api, model, prompt, state }: ModelAnswer): string {
  const said = prompt === null ? '' : ` “${visibleLine(prompt, 48)}”`
  const how = state === 'complete' ? '' : ` · ${state}`
  return `#${formatCount(id)} ${visibleLine(model ?? protocolName(api), 32)}${said}${how}`
}

customElements.define('lifeline-answer', AnswerPane)
