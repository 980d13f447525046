// The bottom of the page: the send box of a WebSocket, and the requests beside the stream.

import { html, nothing, type TemplateResult } from 'lit'
import { methods } from '../../shared/endpoint/methods.ts'
import './companionForm.ts'
import { LightElement } from '../elements/lightElement.ts'
import type { CompanionForm } from './companionForm.ts'
import type { DraftType } from './messageDraft.ts'
import './messageForm.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { MessageForm } from './messageForm.ts'
import type { GivenDraft } from './sendActs.ts'

/** `<lifeline-composer>`: the `composed` event of the send box bubbles through it. */
export class Composer extends LightElement {
  static override properties = {
    model: { attribute: false },
    draft: { attribute: false },
    draftType: { attribute: false },
    sent: { attribute: false },
  }
  declare model: TimelineModel
  declare draft: string
  declare draftType: DraftType
  declare sent: readonly string[]
  /** A request was put into its form. */
  #asksBeside = false

  focusInput(): void {
    const message = this.querySelector<MessageForm>('lifeline-message')
    if (message) message.focusInput()
    else this.querySelector<CompanionForm>('lifeline-companion')?.open()
  }

  /** Puts it into its form, which has the focus then. */
  give(given: GivenDraft): void {
    if (given.kind === 'message') {
      this.querySelector<MessageForm>('lifeline-message')?.give(given)
      return
    }
    this.#asksBeside = true
    this.requestUpdate()
    void this.updateComplete.then(() =>
      this.querySelector<CompanionForm>('lifeline-companion')?.give(given.draft, given.of),
    )
  }

  /** Where F6 leads: into the send box, or to what opens the form of a request. */
  focusRegion(): void {
    const message = this.querySelector<MessageForm>('lifeline-message')
    if (message) message.focusInput()
    else this.querySelector<CompanionForm>('lifeline-companion')?.focusOpener()
  }

  protected override updated(): void {
    this.querySelector<MessageForm>('lifeline-message')?.requestUpdate()
    this.querySelector<CompanionForm>('lifeline-companion')?.requestUpdate()
  }

  override render(): TemplateResult {
    const method = this.model.status?.method
    const sends = method !== undefined && methods[method].sends
    const requests = this.model.session?.requests ?? []
    return html`${
      sends
        ? html`<lifeline-message .model=${this.model} .draft=${this.draft} .draftType=${this.draftType}
            .sent=${this.sent}></lifeline-message>`
        : nothing
    }${
      // Beside messages requests are rare: they are offered where the profile keeps some.
      sends && requests.length === 0 && !this.#asksBeside
        ? nothing
        : html`<lifeline-companion .model=${this.model}></lifeline-companion>`
    }`
  }
}

customElements.define('lifeline-composer', Composer)
