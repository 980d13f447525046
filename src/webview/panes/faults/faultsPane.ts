// The pane of the faults that a tap makes on purpose: a row for each, which opens its form, and a cut. What waits for the user stands above them.

import { html, nothing, type TemplateResult } from 'lit'
import {
  allFaultKinds,
  type FaultKind,
  type ForcedFault,
  faultNumbers,
  type TapFault,
  tapFaults,
} from '../../../shared/session/tapFaults.ts'
import { formatDelay } from '../../../shared/text/units.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { redrawOn } from '../statistics/redrawOn.ts'
import { draftOf, type FaultDraft, placeText, readDraft, readPlace } from './faultDraft.ts'
import { faultForm, placeBox } from './faultForm.ts'
import '../holds/holdsPane.ts'
import type { HoldsPane } from '../holds/holdsPane.ts'
import '../holds/sendInto.ts'

const everywhere = { path: '', connection: null } as const
const nothingWrong: ReadonlySet<string> = new Set()

/** `<lifeline-faults>`: for `model`, the session of a tap; fires `close-faults`. The page re-renders it when the model changes. */
export class FaultsPane extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  #open: FaultKind | null = null
  readonly #drafts = new Map<FaultKind, FaultDraft>()
  #wrong = nothingWrong
  #cutPlace = ''
  #cutWrong = nothingWrong

  constructor() {
    super()
    redrawOn(this, () => [this.#faults, this.#goesOn, Math.ceil(this.model.clock.now() / 1000)])
  }

  /** Goes to what waits for a decision, where something does. */
  focusPane(): void {
    if (this.querySelector<HoldsPane>('lifeline-holds')?.focusHeld()) return
    this.querySelector<HTMLElement>('.tap-row > button')?.focus({ preventScroll: true })
  }

  get #faults(): readonly ForcedFault[] {
    return this.model.session?.status.faults ?? []
  }

  get #goesOn(): boolean {
    const { session } = this.model
    return session !== null && !session.readOnly && session.status.listening !== null
  }

  override render(): TemplateResult {
    const on = this.#faults.length
    return html`<section class="faults" aria-label="Faults">
      <div class="pane-head">
        <h2>Faults</h2> <span class="of">${on === 0 ? 'on purpose' : `${on} on`}</span>
        <span class="actions"><button type="button" class="icon" title="Close (Escape)" aria-label="Close the faults"
          @click=${() => this.dispatchEvent(new CustomEvent('close-faults', { bubbles: true }))}><i class="codicon codicon-close" aria-hidden="true"></i></button></span>
      </div>
      <div class="faults-body">${this.#goesOn ? this.#body() : html`<p class="sentence">Faults can be turned on while a tap listens.</p>`}</div>
    </section>`
  }

  #body(): TemplateResult {
    return html`<lifeline-holds .model=${this.model}></lifeline-holds>
      <h3>Faults</h3>
      <ul>${allFaultKinds.map((kind) => this.#row(kind))}</ul>
      <h3>Cut a connection</h3>
      <div class="tap-form">
        <p class="about">What is met is broken off now; where nothing is open, the next connection that is met.</p>
        ${placeBox({ wrong: this.#cutWrong, change: ({ place = '' }) => this.#setCutPlace(place) }, this.#cutPlace)}
        <div class="acts">
          <button type="button" title="A WebSocket is told by a close frame; HTTP ends without a reset" @click=${() => this.#cut(true)}>In order</button>
          <button type="button" title="As when a cable is pulled: without a close frame" @click=${() => this.#cut(false)}>With a reset</button>
        </div>
      </div>
      <lifeline-send-into .model=${this.model}></lifeline-send-into>`
  }

  #row(kind: FaultKind): TemplateResult {
    const forced = this.#forced(kind)
    const isOpen = this.#open === kind
    const { label } = tapFaults[kind]
    return html`<li class="tap-row ${forced ? 'on' : ''}">
      <button type="button" aria-expanded=${String(isOpen)} @click=${() => this.#toggle(kind)}>
        <i class="codicon codicon-chevron-${isOpen ? 'down' : 'right'}" aria-hidden="true"></i>
        <span class="name">${label}</span> <span class="state">${forced ? this.#words(forced) : 'off'}</span></button>
      ${isOpen ? faultForm(this.#form(kind)) : nothing}</li>`
  }

  /** `200 ± 50 ms · /api/* · 12 s left`. */
  #words(fault: ForcedFault): string {
    const left =
      fault.until === null
        ? ''
        : `${formatDelay(Math.max(0, fault.until - this.model.clock.now()))} left`
    const parts = [faultNumbers(fault.act), placeText(fault), left].filter((part) => part !== '')
    return parts.length === 0 ? 'on' : parts.join(' · ')
  }

  #forced(kind: FaultKind): ForcedFault | null {
    return this.#faults.find(({ act }) => act.kind === kind) ?? null
  }

  #form(kind: FaultKind) {
    const draft = this.#draft(kind)
    return {
      ...{ kind, draft, wrong: this.#wrong, isOn: this.#forced(kind) !== null },
      change: (part: Partial<FaultDraft>) => {
        this.#drafts.set(kind, { ...draft, ...part })
        this.#wrong = nothingWrong
        this.requestUpdate()
      },
      turnOn: () => this.#turnOn(kind),
      turnOff: () => this.#set(kind, null),
    }
  }

  #draft(kind: FaultKind): FaultDraft {
    const forced = this.#forced(kind)
    const { usual } = tapFaults[kind]
    return this.#drafts.get(kind) ?? draftOf(forced?.act ?? usual, forced ?? everywhere)
  }

  #toggle(kind: FaultKind): void {
    this.#open = this.#open === kind ? null : kind
    this.#wrong = nothingWrong
    this.requestUpdate()
  }

  #turnOn(kind: FaultKind): void {
    const read = readDraft(kind, this.#draft(kind))
    this.#wrong = read.ok ? nothingWrong : read.wrong
    if (read.ok) this.#set(kind, read.fault)
    this.requestUpdate()
    const [first] = this.#wrong
    if (first !== undefined) this.querySelector<HTMLElement>(`.tap-row [name="${first}"]`)?.focus()
  }

  /** The others stay, for the time that they have left. */
  #set(kind: FaultKind, fault: TapFault | null): void {
    const now = this.model.clock.now()
    const others = this.#faults
      .filter(({ act }) => act.kind !== kind)
      .map(({ act, path, connection, until }) => {
        return {
          act,
          path,
          connection,
          forMs: until === null ? null : Math.ceil(Math.max(0, until - now)),
        }
      })
    const { api, actions } = this.model
    void actions.run(api.setFaults(fault === null ? others : [...others, fault]))
  }

  #setCutPlace(place: string): void {
    this.#cutPlace = place
    this.#cutWrong = nothingWrong
    this.requestUpdate()
  }

  #cut(orderly: boolean): void {
    const place = readPlace(this.#cutPlace)
    this.#cutWrong = place === null ? new Set(['place']) : nothingWrong
    this.requestUpdate()
    const { api, actions } = this.model
    if (place !== null) void actions.run(api.cut({ ...place, orderly }))
  }
}

customElements.define('lifeline-faults', FaultsPane)
