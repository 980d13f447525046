// The page: header, rows, detail and composer, joined to the host and to the state VS Code keeps.

import { html, nothing, type TemplateResult } from 'lit'
import '../composer/composer.ts'
import { findNext, openFind } from '../detail/findWhere.ts'
import '../detail/frameDetail.ts'
import '../header/headerBar.ts'
import '../header/tapBanner.ts'
import type { TimelineAction } from '../../shared/calls/messages.ts'
import type { TypedTexts } from '../../shared/calls/typingApi.ts'
import { isClientMethod } from '../../shared/endpoint/methods.ts'
import type { Composed } from '../composer/messageForm.ts'
import { compareRows } from '../detail/compareRows.ts'
import { keepHeldKeysFromButtons } from '../elements/heldPress.ts'
import { LightElement } from '../elements/lightElement.ts'
import { FindBar } from '../find/findBar.ts'
import { GoToBox } from '../find/goToBox.ts'
import { showFind } from '../find/showFind.ts'
import { createSessionVoice } from './announcer.ts'
import { BesideRows } from './besideRows.ts'
import { ConnectionsPlace } from './connectionsPlace.ts'
import { FindingsPlace } from './findingsPlace.ts'
import { connectHost } from './hostApi.ts'
import { keepFocus } from './keepFocus.ts'
import { placeKeyMenu } from './menuPlace.ts'
import { createPageActions, type PageActions } from './pageActions.ts'
import { createPageKeys } from './pageKeys.ts'
import { PageLayout } from './pageLayout.ts'
import { pageRegions } from './pageRegions.ts'
import { placeOf } from './placeOf.ts'
import { showRows } from './showRows.ts'
import { strips } from './strips.ts'
import { tellShown } from './tellShown.ts'
import { TimelineParts } from './timelineParts.ts'
import { createViewMemory, type ViewMemory } from './viewMemory.ts'
import type { ViewState } from './viewState.ts'
import '../panes/advice/advicePane.ts'
import '../panes/answer/answerPane.ts'
import '../panes/faults/faultsPane.ts'
import '../panes/statistics/statisticsPane.ts'
import '../elements/splitter.ts'
import type { FlaggedFinding } from '../model/findingsKeeper.ts'
import { TimelineModel } from '../model/timelineModel.ts'
import { OverviewStrip } from '../strip/overviewStrip.ts'

/** `<lifeline-timeline>`: see `main.ts` for what the host's page must hold. */
export class TimelinePage extends LightElement {
  readonly #model: TimelineModel
  readonly #memory: ViewMemory
  readonly #find = new FindBar()
  readonly #goTo = new GoToBox()
  readonly #strip = new OverviewStrip()
  readonly #tellStanding = createSessionVoice(() => this.requestUpdate())
  readonly #layout: PageLayout
  readonly #actions: PageActions
  readonly #beside: BesideRows
  readonly #findings: FindingsPlace
  readonly #connections: ConnectionsPlace
  readonly #parts = new TimelineParts(this)
  #widthPx = 0

  constructor() {
    super()
    const host = connectHost(this.dataset.panelState ?? '', {
      status: async (...news) => this.#model.handleStatus(...news),
      visible: async (visible) => (visible ? this.#model.hydrate() : undefined),
      bookmarks: async (bookmarks) => this.#model.bookmarks.load(bookmarks),
      habits: async (habits) => this.#model.habits.load(habits),
      perform: async (action) => void this.#actions[action](),
    })
    this.#model = new TimelineModel(host.remote)
    this.#layout = new PageLayout({
      model: this.#model,
      memory: () => this.#memory,
      find: { bar: this.#find, goTo: this.#goTo },
      redraw: () => this.#redraw(),
    })
    this.#actions = createPageActions(this.#model, {
      ...this.#parts.acts,
      openFind: () => openFind(this.#parts.detail, this.#find),
      findNext: (direction) => findNext(this.#parts.detail, this.#find, direction),
      openGoTo: () => this.#goTo.open(),
      goTo: () => this.#goTo.goTo,
      moveDetail: () => this.#beside.move(),
      editNote: () => this.#beside.editNote(),
      toggleLayout: () => this.#layout.toggle(),
      toggleStatistics: () => this.#beside.toggleStatistics(),
      showAdvice: () => this.#beside.showAdvice(),
      toggleFindings: () => this.#findings.toggle(),
      toggleConnections: () => this.#connections.toggle(),
      toggleAnswer: () => this.#beside.toggleAnswer(),
      toggleFaults: () => this.#beside.toggleFaults(),
      compareRows: () =>
        compareRows(
          this.#model,
          () => this.#beside.showDetail(),
          () => this.#parts.detail,
        ),
    })
    const rowsPlace = () => placeOf(this.#model, this.#layout.anchorSeq)
    this.#memory = createViewMemory(host.saved, rowsPlace, host.save)
    const place = {
      memory: this.#memory,
      widthPx: () => this.#widthPx,
      focusRows: () => this.#layout.focus(),
      redraw: () => this.#redraw(),
    }
    this.#beside = new BesideRows({
      ...{ ...place, model: this.#model },
      focusDetail: () => this.#parts.detail?.focusTabs(),
      focusNote: () => this.#parts.note?.requestUpdate(),
      focusPane: () => this.#parts.pane?.focusPane(),
    })
    this.#findings = new FindingsPlace({
      ...{ ...place, models: [this.#model], pane: () => this.#parts.findings },
    })
    this.#connections = new ConnectionsPlace({
      ...{ ...place, model: this.#model, pane: () => this.#parts.connections },
    })
    this.#model.onChange(() => this.requestUpdate())
    tellShown(this.#model)
  }

  /** `typed`: what the user had typed last, which is not all on the disk. */
  #restored(typed: TypedTexts | null): ViewState {
    if (typed) this.#memory.change(typed)
    return this.#memory.view
  }

  protected override firstUpdated(): void {
    const { rows, element } = this.#layout
    showRows(rows, this.#model)
    showFind({ bar: this.#find, goTo: this.#goTo }, element, this.#model)
    this.#layout.start()
    this.#strip.show(this.#model, [rows, this.#layout.lanes], this.#layout)
    this.#strip.addEventListener('show-statistics', () => this.#beside.showStatistics('shown'))
    new ResizeObserver(() => this.#measure()).observe(this)
    this.#measure()
    this.addEventListener('scrolled', () => this.#memory.saveSoon())
    const keys = createPageKeys({
      actions: this.#actions,
      closeOne: () => this.#closeOne(),
      regions: () => pageRegions(this, this.#actions, this.#layout),
    })
    document.addEventListener('keydown', keys)
    document.addEventListener('contextmenu', placeKeyMenu, true)
    keepHeldKeysFromButtons(document)
    // The last word before the page goes: of one that goes, VS Code does not always hear it.
    for (const leaving of ['blur', 'pagehide'])
      window.addEventListener(leaving, () => this.#memory.saveNow())
    keepFocus((options) => this.#layout.focus(options))
    void this.#model.start((typed) => this.#restored(typed))
  }

  protected override updated(): void {
    const { header, connections, findings, composer } = this.#parts
    for (const part of [header, connections, findings, composer]) part?.requestUpdate()
    this.style.setProperty('--detail-share', String(this.#beside.share))
    this.style.setProperty('--findings-share', String(this.#findings.share))
    this.style.setProperty('--connections-share', String(this.#connections.share))
    this.#tellStanding(this.#model, this.querySelector('[aria-live]'))
    this.#memory.saveSoon()
  }

  override render(): TemplateResult {
    return html`
      <lifeline-header .model=${this.#model} .pane=${this.#memory.view.pane} .findingsOpen=${this.#findings.isOpen} .connectionsOpen=${this.#connections.isOpen}
        @perform=${this.#handlePerform} @leave-filter=${() => this.#layout.focus()}
        .byTime=${this.#layout.isByTime} .screenMs=${this.#layout.lanes.screenMs} @zoom=${({ detail }: CustomEvent<1 | -1>) => this.#layout.lanes.zoomBy(detail)} @show-held=${() => this.#beside.showFaults()}></lifeline-header>
      <lifeline-tap-banner .model=${this.#model}></lifeline-tap-banner>
      ${strips(this.#model)}
      <main class="stage" @open-detail=${this.#handleOpen} @show-finding=${({ detail }: CustomEvent<FlaggedFinding>) => this.#findings.show(detail)}>
      ${this.#model.habits.current.strip === 'shown' ? this.#strip : nothing}
      <div class="with-list ${this.#connections.isNarrow ? 'narrow' : ''}">
      ${this.#connections.render()}
      <div class="split ${this.#beside.stacked ? 'stacked' : ''}" @perform=${this.#handlePerform}
        @share=${(event: CustomEvent<number>) => this.#beside.setShare(event.detail)} @leave-find=${() => this.#layout.focus()}
        @zoomed=${() => this.requestUpdate()}>
        ${this.#layout.element}
        ${this.#beside.render()}
      </div>
      </div>
      ${this.#findings.render()}
      </main>
      ${this.#composer()}
      <div class="sr" role="status" aria-live="polite"></div>`
  }

  #composer(): TemplateResult | typeof nothing {
    const { session } = this.#model
    if (!session || session.readOnly || !isClientMethod(session.status.method)) return nothing
    return html`<lifeline-composer .model=${this.#model} .draft=${this.#memory.view.draft} .draftType=${this.#memory.view.draftType} .sent=${this.#memory.view.sent}
      @composed=${this.#handleComposed} @open-detail=${this.#handleOpen}></lifeline-composer>`
  }

  /** The find bar is over the rows: whoever is elsewhere means what is there. */
  #closeOne(): boolean {
    const isInRows = this.#layout.element.contains(document.activeElement)
    if (isInRows && this.#find.stepBack()) return true
    return this.#findings.closeFocused() || this.#beside.close() || this.#findings.close()
  }

  #handlePerform({ detail }: CustomEvent<TimelineAction>): void {
    this.#actions[detail]()
  }

  #handleOpen(event: CustomEvent<{ focus: boolean }>): void {
    this.#beside.openDetail(event.detail.focus)
  }

  #handleComposed(event: CustomEvent<Composed>): void {
    this.#memory.change(event.detail)
    this.requestUpdate()
  }

  #redraw(): Promise<unknown> {
    this.requestUpdate()
    return this.updateComplete
  }

  #measure(): void {
    this.#widthPx = this.clientWidth
    this.requestUpdate()
  }
}

customElements.define('lifeline-timeline', TimelinePage)
