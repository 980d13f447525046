// The form of a message of the user's own for the WebSocket of the selected row, to either side.

import { html, nothing, type TemplateResult } from 'lit'
import { hasReference } from '../../../shared/endpoint/references.ts'
import type { Receiver } from '../../../shared/session/tapHolds.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { createFormCalls } from '../../composer/formCalls.ts'
import { hintLine, isSendKey } from '../../composer/formParts.ts'
import { type Hint, problemHint } from '../../composer/hint.ts'
import '../../composer/jsonBox.ts'
import type { JsonBox } from '../../composer/jsonBox.ts'
import { checkDraft, type DraftType, mayBeJson } from '../../composer/messageDraft.ts'
import { typeButton } from '../../composer/messageMenus.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { redrawOn } from '../statistics/redrawOn.ts'
import { selectedWebSocket } from './selectedWebSocket.ts'
import { wayNames } from './tapForm.ts'

const receivers: readonly Receiver[] = ['server', 'client']

interface IntoDraft {
  /** Null while the form is closed. */
  readonly to: Receiver | null
  readonly text: string
  readonly type: DraftType
}

const closed: IntoDraft = { to: null, text: '', type: 'text' }

/** It is there again when the pane is. */
const kept = new WeakMap<TimelineModel, IntoDraft>()

/** `<lifeline-send-into>`: of `model`, the session of a tap that listens. */
export class SendInto extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  readonly #calls = createFormCalls(() => this.requestUpdate())
  /** What was sent last; nothing was typed since. */
  #sent = ''

  constructor() {
    super()
    redrawOn(this, () => this.#connection)
  }

  get #draft(): IntoDraft {
    return kept.get(this.model) ?? closed
  }

  get #connection(): number | null {
    return selectedWebSocket(this.model.selected.row)
  }

  override render(): TemplateResult {
    const connection = this.#connection
    if (connection === null) {
      return html`<h3>Send into a WebSocket</h3>
        <p class="sentence">Select a row of the WebSocket to send a message of yours into it.</p>`
    }
    const { to: chosen } = this.#draft
    return html`<h3>Send into #${formatCount(connection)}</h3>
      <div class="send-to">${receivers.map(
        (to) =>
          html`<button type="button" class="link" aria-expanded=${String(to === chosen)} @click=${() => this.#choose(to)}>${wayNames[to]}…</button>`,
      )}</div>
      ${chosen === null ? nothing : this.#form(connection, chosen)}`
  }

  #form(connection: number, to: Receiver): TemplateResult {
    const { type, text } = this.#draft
    const { message } = checkDraft(type, text)
    return html`<form class="tap-form" @submit=${(event: Event) => event.preventDefault()} @keydown=${(event: KeyboardEvent) => this.#handleKey(event, connection, to)}>
      <lifeline-json-box .model=${this.model} .label=${`Message ${wayNames[to]}`} .name=${'send-into'} .hint=${'send-into-hint'}
        .text=${text} .plain=${!mayBeJson(type)} @typed=${({ detail }: CustomEvent<string>) => this.#change({ text: detail })}></lifeline-json-box>
      ${hintLine('send-into-hint', this.#hint())}
      <div class="acts"><button type="submit" ?disabled=${message === null} title="Ctrl+Enter" @click=${() => this.#send(connection, to)}>Send</button>
        ${typeButton(type, (chosen) => this.#change({ type: chosen }))}</div>
    </form>`
  }

  #hint(): Hint {
    const { problem } = this.#calls
    if (problem !== null) return problemHint(problem, this.model)
    const { type, text } = this.#draft
    if (text === '') return { text: this.#sent, tone: 'good' }
    if (mayBeJson(type) && hasReference(text))
      return { text: 'References go out as they stand here.', tone: 'warning' }
    const { hint, tone } = checkDraft(type, text)
    return { text: hint, tone }
  }

  #choose(to: Receiver): void {
    this.#sent = ''
    this.#change({ to: this.#draft.to === to ? null : to })
    void this.updateComplete.then(() =>
      this.querySelector<JsonBox>('lifeline-json-box')?.focusBox(),
    )
  }

  #change(part: Partial<IntoDraft>): void {
    kept.set(this.model, { ...this.#draft, ...part })
    this.#calls.forget()
  }

  #handleKey(event: KeyboardEvent, connection: number, to: Receiver): void {
    if (!isSendKey(event)) return
    event.preventDefault()
    event.stopPropagation()
    void this.#send(connection, to)
  }

  async #send(connection: number, to: Receiver): Promise<void> {
    const { type, text } = this.#draft
    const { message } = checkDraft(type, text)
    if (message === null || this.#calls.busy) return
    if (!(await this.#calls.run(this.model.api.sendInto(connection, to, message)))) return
    if (this.#draft.text === text) this.#change({ text: '' })
    this.#sent = `It goes into #${formatCount(connection)}, ${wayNames[to]}, behind what waits there.`
    this.requestUpdate()
  }
}

customElements.define('lifeline-send-into', SendInto)
