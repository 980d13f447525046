// The bar on top: the session and its facts, the filter, and the buttons.

import '@vscode-elements/elements/dist/vscode-button/index.js'
import { html, nothing, type TemplateResult } from 'lit'
import type { TimelineAction } from '../../shared/calls/messages.ts'
import { isClientMethod, methods } from '../../shared/endpoint/methods.ts'
import { noHolds } from '../../shared/session/tapHolds.ts'
import { withKey } from '../elements/keyHint.ts'
import { LightElement } from '../elements/lightElement.ts'
import { menuButton } from '../elements/menu.ts'
import { menuContext } from '../elements/menuContext.ts'
import { toolLabel } from '../elements/toolLabel.ts'
import '../filter/filterBox.ts'
import type { FilterBox } from '../filter/filterBox.ts'
import type { PaneName } from '../model/paneName.ts'
import { timelineFacts } from '../model/timelineFacts.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { answerButton } from './answerButton.ts'
import { connectionsBadge } from './connectionsBadge.ts'
import { openExportMenu } from './exportMenu.ts'
import { faultsButton } from './faultsButton.ts'
import { findingsBadge } from './findingsBadge.ts'
import { foldButton } from './foldMenu.ts'
import { heldBadge } from './heldBadge.ts'
import { type Badges, identity } from './identity.ts'
import { layoutChoice, zoomTools } from './layoutTools.ts'
import { moreButton } from './moreMenu.ts'

/** `<lifeline-header>`: acts on `model`, fires `perform`, `zoom` (detail: 1 or −1) and `show-held`; the page re-renders it when the model changes. */
export class HeaderBar extends LightElement {
  static override properties = {
    model: { attribute: false },
    pane: { attribute: false },
    findingsOpen: { attribute: false },
    connectionsOpen: { attribute: false },
    byTime: { attribute: false },
    screenMs: { attribute: false },
  }
  declare model: TimelineModel
  declare pane: PaneName | null
  declare findingsOpen: boolean
  declare connectionsOpen: boolean
  declare byTime: boolean
  declare screenMs: number
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
    this.#filter?.focusBox()
  }

  get #filter(): FilterBox | null {
    return this.querySelector('lifeline-filter')
  }

  protected override updated(): void {
    this.#filter?.requestUpdate()
    this.model.findings.refresh()
    this.model.connections.refresh()
  }

  override render(): TemplateResult {
    const { method } = this.model.status ?? {}
    const polls = method !== undefined && methods[method].polls
    return html`<header class="bar ${polls ? 'polls' : ''}" data-vscode-context=${menuContext('timeline', timelineFacts(this.model))}>
      ${identity(this.model, this.#badges())}
      <div class="tools" role="toolbar" aria-label="Timeline">
        <lifeline-filter data-vscode-context=${menuContext('plain')} .model=${this.model}></lifeline-filter> ${this.#buttons()}
      </div>
    </header>`
  }

  #badges(): Badges {
    const { findings, status, connections } = this.model
    return {
      connections:
        status?.method === 'tap'
          ? connectionsBadge(connections.counts, this.connectionsOpen, this.#perform('connections'))
          : nothing,
      held: heldBadge(status?.holds ?? noHolds, () => this.dispatchEvent(new Event('show-held'))),
      findings: findingsBadge(findings, this.findingsOpen, this.#perform('findings')),
    }
  }

  #perform(detail: TimelineAction): () => void {
    return () => this.dispatchEvent(new CustomEvent('perform', { detail }))
  }

  #buttons(): TemplateResult {
    const { model } = this
    const { session } = model
    const live = session !== null && !session.readOnly
    const paused = model.shown.pausedSeq !== null
    const over = !live || session.status.state === 'ended'
    const perform = (action: TimelineAction) => this.#perform(action)
    return html`
      ${layoutChoice(this.byTime, perform('layout'))}
      ${this.byTime ? zoomTools(this.screenMs, (way) => this.dispatchEvent(new CustomEvent('zoom', { detail: way }))) : nothing}
      ${tool('search', 'Find', withKey('Step through matches and leave the other rows', 'timeline.find'), null, perform('find'))}
      ${live && (paused || !over) ? tool(paused ? 'debug-continue' : 'debug-pause', paused ? 'Resume' : 'Pause', withKey('Stop drawing new rows, or go on; recording is not affected', 'timeline.pause'), paused, () => model.shown.setPaused(!paused)) : nothing}
      ${live && !over ? tool('arrow-down', 'Follow', withKey('Keep the newest row in view', 'timeline.follow'), model.shown.follow && !paused, () => model.shown.setFollow(!model.shown.follow || paused)) : nothing}
      ${session !== null && methods[session.status.method].hasWireLayer ? tool('layers', 'Wire', withKey('Show fragments of messages, frames of HTTP/2 and ignored lines as rows', 'timeline.wire'), model.shown.filter.wire, () => model.shown.setWire(!model.shown.filter.wire)) : nothing}
      ${this.byTime ? nothing : foldButton(model.habits)}
      ${tool('clear-all', 'Clear', withKey('Hide the rows up to now; nothing is deleted', 'timeline.clear'), null, () => model.shown.clear())}
      ${tool('graph-line', 'Statistics', withKey('Figures and charts of the session', 'timeline.statistics'), this.pane === 'statistics', perform('statistics'))}
      ${answerButton(model.answers, this.pane === 'answer', perform('answer'))}
      ${faultsButton(session, this.pane === 'faults', perform('faults'))}
      ${menuButton({ name: 'Export', icon: 'export', title: withKey('Copy or save the timeline', 'saveTimeline'), open: (button) => openExportMenu(button, model, model.shown.filter) })}
      ${live && !over && isClientMethod(session.status.method) ? tool('debug-restart', 'Reconnect', withKey('Connect again at once', 'reconnect'), null, () => model.actions.run(model.api.reconnect()), session.status.state === 'open') : nothing}
      ${moreButton(model.habits, (action) => perform(action)())}
      ${session !== null ? this.#mainButton(over) : nothing}`
  }

  /** One button for all states, never disabled, so that the focus stays on it. */
  #mainButton(over: boolean): TemplateResult {
    const { actions, api, status } = this.model
    const idle = status?.state === 'closing' || this.model.hostSilentSince !== null
    const press = () => {
      if (!idle) actions.run(over ? api.reconnect() : api.disconnect())
    }
    const { start, end } = status?.method === 'tap' ? tapWords : usualWords
    const [name, title] = over ? start : end
    return html`<vscode-button class="main" title=${withKey(title, over ? 'reconnect' : 'disconnect')} aria-disabled=${idle ? 'true' : nothing} @click=${press}>
      ${name}
    </vscode-button>`
  }
}

/** Of the main button: its name and what it does. */
const usualWords = {
  start: ['Reconnect', 'Connect again'],
  end: ['Disconnect', 'End the session'],
} as const
const tapWords = {
  start: ['Listen Again', 'Record anew what a program and its server say'],
  end: ['Stop', 'End the tap and all connections through it'],
} as const

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
