// A failure in words: its sentence, the advice, and the buttons that follow it.

import { html, nothing, type TemplateResult } from 'lit'
import type { ErrorAction } from '../../shared/frame/actionNames.ts'
import { formatClock } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { LightElement } from '../elements/lightElement.ts'
import type { Failure, OfferedAction } from '../model/failure.ts'
import type { Passing } from '../model/failureCalm.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

const longestChars = 2000

/** `<lifeline-failure>`: fires `open-detail` when a frame is shown. `told`: a row beside it says the sentence. */
export class FailureView extends LightElement {
  static override properties = {
    model: { attribute: false },
    failure: { attribute: false },
    told: { attribute: false },
    bare: { attribute: false },
  }
  declare model: TimelineModel
  declare failure: Failure | null
  declare told: boolean
  /** The buttons alone. */
  declare bare: boolean

  override render(): TemplateResult | typeof nothing {
    const { failure } = this
    if (!failure || (this.bare && failure.actions.length === 0)) return nothing
    const look = this.bare ? 'bare' : failure.passing === null ? failure.tone : 'passing'
    return html`<section class="failure ${look}" aria-label="What went wrong">
      ${this.bare ? nothing : this.#words(failure)}
      <div class="offers">${this.#offers(failure)}</div>
    </section>`
  }

  #words({ sentence, advice, passing, at }: Failure): TemplateResult {
    return html`<div role=${passing === null ? 'alert' : 'note'}>
      <p class=${this.told ? 'sr' : 'what'}>${visibleLine(sentence, longestChars)}</p>
      ${advice === null || passing === 'passed' ? nothing : html`<p class="advice">${visibleLine(advice, longestChars)}</p>`}
      ${passing === null ? nothing : html`<p class="last-seen">${passingWords[passing](at === null ? '' : formatClock(at))}</p>`}
    </div>`
  }

  #offers(failure: Failure): TemplateResult {
    const { actions, passing } = failure
    if (passing !== 'passed') return html`${actions.map((action) => this.#button(action, failure))}`
    const harmless = actions.filter(({ name }) => name === 'show-what-came')
    return html`${harmless.map((action) => this.#button(action, failure))}
      <button type="button" class="offer" @click=${() => this.model.failures.dismiss()}>Dismiss</button>`
  }

  /** What would cut a connection that is well does nothing, in the place that it has when it is not. */
  #button(action: OfferedAction, failure: Failure): TemplateResult {
    const idle = failure.isWell && !harmlessActions.has(action.name)
    return html`<button type="button" class="offer" aria-disabled=${idle ? 'true' : nothing}
      @click=${() => !idle && this.#act(action, failure)}>${action.label}</button>`
  }

  #act({ name }: OfferedAction, { seq, code, cameSeq }: Failure): void {
    const { actions, api, selection } = this.model
    if (name === 'retry') void actions.run(api.reconnect())
    else if (name !== 'show-what-came') void this.#askHost(api.act(name, code ?? seq ?? 0))
    else if (cameSeq !== null) {
      void selection.selectSeq(cameSeq)
      const detail = { focus: true }
      this.dispatchEvent(new CustomEvent('open-detail', { bubbles: true, detail }))
    }
  }

  /** What can be done may be another afterwards: an endpoint that was saved has a profile. */
  async #askHost(call: Promise<void>): Promise<void> {
    await this.model.actions.run(call)
    await this.model.hydrate()
  }
}

/** They connect nothing anew. */
const harmlessActions: ReadonlySet<ErrorAction> = new Set(['show-what-came', 'edit-profile'])

const passingWords: Readonly<Record<Passing, (at: string) => string>> = {
  passed: (at) => `It came at ${at} and has passed: the session goes on.`,
  'comes-and-goes': (at) => `It comes and goes, the last time at ${at}.`,
}

customElements.define('lifeline-failure', FailureView)
