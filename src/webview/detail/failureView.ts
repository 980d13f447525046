// A failure in words: its sentence, the advice, and the buttons that follow it.

import { html, nothing, type TemplateResult } from 'lit'
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
    const look = this.bare ? 'bare' : failure.passing === null ? '' : 'passing'
    return html`<section class="failure ${look}" aria-label="What went wrong">
      ${this.bare ? nothing : this.#words(failure)}
      <div class="offers">${failure.actions.map((action) => this.#button(action, failure))}</div>
    </section>`
  }

  #words({ sentence, advice, passing, at }: Failure): TemplateResult {
    return html`<div role=${passing === null ? 'alert' : 'note'}>
      <p class=${this.told ? 'sr' : 'what'}>${visibleLine(sentence, longestChars)}</p>
      ${advice === null ? nothing : html`<p class="advice">${visibleLine(advice, longestChars)}</p>`}
      ${passing === null ? nothing : html`<p class="last-seen">${passingWords[passing](at === null ? '' : formatClock(at))}</p>`}
    </div>`
  }

  #button(action: OfferedAction, failure: Failure): TemplateResult {
    return html`<button type="button" class="offer" @click=${() => this.#act(action, failure)}>${action.label}</button>`
  }

  #act({ name }: OfferedAction, { seq, cameSeq }: Failure): void {
    const { actions, api, selection } = this.model
    if (name === 'retry') void actions.run(api.reconnect())
    else if (name !== 'show-what-came') void actions.run(api.act(name, seq ?? 0))
    else if (cameSeq !== null) {
      void selection.selectSeq(cameSeq)
      const detail = { focus: true }
      this.dispatchEvent(new CustomEvent('open-detail', { bubbles: true, detail }))
    }
  }
}

const passingWords: Readonly<Record<Passing, (at: string) => string>> = {
  passed: (at) => `It came at ${at} and has passed: the session goes on.`,
  'comes-and-goes': (at) => `It comes and goes, the last time at ${at}.`,
}

customElements.define('lifeline-failure', FailureView)
