// The page of several sessions: header, lanes or one list of all, detail and comparison, joined to the host.

import { html, type TemplateResult } from 'lit'
import type { TimelineAction } from '../../shared/calls/messages.ts'
import type { Together } from '../../shared/calls/togetherApi.ts'
import '../detail/frameDetail.ts'
import { keepHeldKeysFromButtons } from '../elements/heldPress.ts'
import { LightElement } from '../elements/lightElement.ts'
import '../elements/splitter.ts'
import { GoToBox } from '../find/goToBox.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { BesideRows } from '../page/besideRows.ts'
import { FindingsPlace } from '../page/findingsPlace.ts'
import { keepFocus } from '../page/keepFocus.ts'
import { placeKeyMenu } from '../page/menuPlace.ts'
import type { PageActions } from '../page/pageActions.ts'
import { createPageKeys } from '../page/pageKeys.ts'
import '../panes/advice/advicePane.ts'
import '../panes/answer/answerPane.ts'
import '../panes/statistics/statisticsPane.ts'
import type { FlaggedFinding } from '../model/findingsKeeper.ts'
import { comparedPart, openAsked } from './comparedPart.ts'
import { createHeaderActs, type HeaderActs } from './headerActs.ts'
import { PageParts } from './pageParts.ts'
import { createSessionLane, type SessionLane } from './sessionLane.ts'
import { createTogetherActions } from './togetherActions.ts'
import { togetherHeader } from './togetherHeader.ts'
import { connectTogether, type TogetherHost } from './togetherHost.ts'
import { TogetherLayout } from './togetherLayout.ts'
import { createTogetherMemory, type TogetherMemory } from './togetherMemory.ts'
import { TogetherModel } from './togetherModel.ts'
import { togetherStrips } from './togetherStrips.ts'
import { createVoices } from './voices.ts'

const tickMs = 1000

/** Parts that hear of no change by themselves. */
const drawnAgain = 'lifeline-filter, lifeline-go-to, lifeline-findings'

/** `<lifeline-together>`: see `main.ts` for what the host's page must hold. */
export class TogetherPage extends LightElement {
  readonly #parts = new PageParts(this)
  readonly #host: TogetherHost
  readonly #lanes: readonly SessionLane[]
  readonly #model: TogetherModel
  readonly #memory: TogetherMemory
  readonly #actions: PageActions
  readonly #beside: ReadonlyMap<TimelineModel, BesideRows>
  readonly #findings: FindingsPlace
  readonly #layout: TogetherLayout
  readonly #goTo: ReadonlyMap<TimelineModel, GoToBox>
  readonly #acts: HeaderActs
  readonly #speak: ReturnType<typeof createVoices>
  #told: Together | null = null
  #widthPx = 0

  constructor() {
    super()
    const perform = (action: TimelineAction) => this.#actions[action]()
    this.#host = connectTogether(this.dataset.panelState ?? '', {
      visible: async () => {},
      perform: async (action) => void perform(action),
    })
    this.#lanes = this.#host.sessionIds.map((id) => createSessionLane(this.#host, id, perform))
    this.#memory = createTogetherMemory(this.#host.saved, this.#host.save)
    const models = this.#lanes.map(({ model }) => model)
    this.#model = new TogetherModel(models, () => this.requestUpdate())
    this.#model.fromStarts = this.#memory.view.fromStarts
    this.#model.activate(this.#lanes.findIndex(({ id }) => id === this.#memory.view.activeId))
    this.#speak = createVoices(models, () => this.requestUpdate())
    this.#acts = createHeaderActs({
      ...{ api: this.#host.api, lanes: this.#lanes, model: this.#model, memory: this.#memory },
      redraw: () => this.requestUpdate(),
      focusView: () => this.#focusView(),
      toggleStatistics: () => this.#side.toggleStatistics(),
      toggleFindings: () => this.#findings.toggle(),
      toggleAnswer: () => this.#side.toggleAnswer(),
      zoom: (way) => this.#layout.lanes.zoomBy(way),
    })
    this.#beside = new Map(models.map((model) => [model, this.#createBeside(model)]))
    this.#findings = new FindingsPlace({
      ...{ models, memory: this.#memory },
      redraw: () => this.#redraw(),
      focusRows: () => this.#focusView(),
      pane: () => this.#parts.findings,
    })
    this.#goTo = new Map(models.map((model) => [model, this.#createGoTo(model)]))
    this.#layout = new TogetherLayout({
      ...{ model: this.#model, memory: this.#memory },
      over: () => this.#goTo.get(this.#model.current),
    })
    this.#actions = createTogetherActions(this.#model, {
      focusFilter: () => this.#parts.filter?.focusBox(),
      goTo: (model) => this.#goTo.get(model) as GoToBox,
      copyFromTree: (what) => this.#parts.detail?.copyFromTree(what),
      filterFromTree: () => this.#parts.detail?.filterFromTree(),
      plotFromTree: () => this.#parts.detail?.plotFromTree(),
      moveDetail: () => this.#side.move(),
      editNote: () => this.#side.editNote(),
      toggleStatistics: () => this.#side.toggleStatistics(),
      showAdvice: () => this.#side.showAdvice(),
      toggleFindings: () => this.#findings.toggle(),
      toggleAnswer: () => this.#acts.toggleAnswer(),
      toggleLayout: () => this.#acts.toggleLayout(),
      hasMany: () => this.#layout.merged.hasMany,
      copyMany: (format) => this.#layout.copyMany(format),
    })
  }

  #createBeside(model: TimelineModel): BesideRows {
    return new BesideRows({
      model,
      memory: this.#memory,
      widthPx: () => this.#widthPx,
      focusRows: () => this.#focusView(),
      redraw: () => this.#redraw(),
      focusDetail: () => this.#parts.detail?.focusTabs(),
      focusNote: () => this.#parts.note?.requestUpdate(),
      focusPane: () => this.#parts.pane?.focusPane(),
    })
  }

  #createGoTo(model: TimelineModel): GoToBox {
    const box = new GoToBox()
    box.model = model
    return box
  }

  protected override firstUpdated(): void {
    new ResizeObserver(() => this.#measure()).observe(this)
    this.#measure()
    const keys = createPageKeys({
      actions: this.#actions,
      closeOne: () => this.#findings.closeFocused() || this.#side.close() || this.#findings.close(),
      regions: () => this.#parts.regions(this.#layout),
    })
    document.addEventListener('keydown', keys)
    document.addEventListener('contextmenu', placeKeyMenu, true)
    keepHeldKeysFromButtons(document)
    for (const leaving of ['blur', 'pagehide'])
      window.addEventListener(leaving, () => {
        for (const { memory } of this.#lanes) memory.saveNow()
        this.#memory.saveNow()
      })
    this.#layout.start()
    keepFocus((options) => this.#focusView(options))
    setInterval(() => this.requestUpdate(), tickMs)
    void this.#model.current.actions.run(this.#host.api.together().then((told) => this.#take(told)))
    this.#acts.tellActive()
    for (const lane of this.#lanes) void lane.start()
  }

  #take(told: Together): void {
    this.#told = told
    openAsked(told, this.#memory)
    this.requestUpdate()
  }

  protected override updated(): void {
    for (const element of this.querySelectorAll<LightElement>(drawnAgain)) element.requestUpdate()
    for (const { findings } of this.#model.models) findings.refresh()
    this.style.setProperty('--detail-share', String(this.#side.share))
    this.style.setProperty('--findings-share', String(this.#findings.share))
    this.#layout.update()
    this.#speak(this.querySelector('[aria-live]'))
    for (const { memory } of this.#lanes) memory.saveSoon()
  }

  get #side(): BesideRows {
    return this.#beside.get(this.#model.current) as BesideRows
  }

  #focusView(options?: FocusOptions): void {
    this.#layout.focus(options)
  }

  override render(): TemplateResult {
    const side = this.#side
    const header = {
      ...{ model: this.#model, told: this.#told, view: this.#memory.view, acts: this.#acts },
      screenMs: this.#layout.lanes.screenMs,
      now: this.#model.current.clock.now(),
    }
    return html`${togetherHeader(header)}
      ${togetherStrips(this.#model)}
      <main class="stage" @open-detail=${this.#handleOpen} @perform=${this.#handlePerform}
        @activate-lane=${({ detail }: CustomEvent<number>) => this.#acts.activate(detail)} @show-finding=${({ detail }: CustomEvent<FlaggedFinding>) => this.#findings.show(detail)}>
      <div class="split ${side.stacked ? 'stacked' : ''}"
        @share=${(event: CustomEvent<number>) => side.setShare(event.detail)} @leave-find=${() => this.#focusView()}
        @zoomed=${() => this.requestUpdate()}>
        ${this.#layout.element}
        ${side.render()}
      </div>
      ${this.#findings.render()}
      </main>
      ${comparedPart({ ...{ model: this.#model, memory: this.#memory, told: this.#told, api: this.#host.api }, acts: this.#acts, mark: (marks) => this.#layout.mark(marks), redraw: () => this.requestUpdate() })}
      <div class="sr" role="status" aria-live="polite"></div>`
  }

  #redraw(): Promise<unknown> {
    this.requestUpdate()
    return this.updateComplete
  }

  #handlePerform({ detail }: CustomEvent<TimelineAction>): void {
    this.#actions[detail]()
  }

  #handleOpen(event: CustomEvent<{ focus: boolean }>): void {
    this.#side.openDetail(event.detail.focus)
  }

  #measure(): void {
    this.#widthPx = this.clientWidth
    this.requestUpdate()
  }
}

customElements.define('lifeline-together', TogetherPage)
