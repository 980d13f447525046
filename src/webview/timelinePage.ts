// The page: header, rows, detail and composer, joined to the host and to the state VS Code keeps.

import { html, nothing, type TemplateResult } from 'lit'
import './composer/composer.ts'
import type { Composer } from './composer/composer.ts'
import './detail/frameDetail.ts'
import type { FrameDetail } from './detail/frameDetail.ts'
import './header/headerBar.ts'
import type { TimelineAction } from '../shared/calls/messages.ts'
import { stateWord } from '../shared/session/sessionState.ts'
import type { Composed } from './composer/messageForm.ts'
import { LightElement } from './elements/lightElement.ts'
import { FindBar } from './find/findBar.ts'
import { showFind } from './find/showFind.ts'
import type { HeaderBar } from './header/headerBar.ts'
import { createAnnouncer } from './page/announcer.ts'
import { hasPlaceChoice, isStacked } from './page/detailPlace.ts'
import { connectHost } from './page/hostApi.ts'
import { keepFocus } from './page/keepFocus.ts'
import { createPageActions, type PageActions } from './page/pageActions.ts'
import { createPageKeys, type Region } from './page/pageKeys.ts'
import { placeOf } from './page/placeOf.ts'
import { strips } from './page/strips.ts'
import { tellShown } from './page/tellShown.ts'
import { createViewMemory, type ViewMemory } from './page/viewMemory.ts'
import type { ViewState } from './page/viewState.ts'
import { RowsView } from './rows/rowsView.ts'
import { showRows } from './showRows.ts'
import './elements/splitter.ts'
import './strip/overviewStrip.ts'
import { TimelineModel } from './model/timelineModel.ts'

/** `<lifeline-timeline>`: see `main.ts` for what the host's page must hold. */
export class TimelinePage extends LightElement {
  readonly #model: TimelineModel
  readonly #memory: ViewMemory
  readonly #rows = new RowsView()
  readonly #find = new FindBar()
  readonly #announcer = createAnnouncer()
  readonly #actions: PageActions
  #widthPx = 0

  constructor() {
    super()
    const host = connectHost(this.dataset.panelState ?? '', {
      status: async (status) => this.#model.handleStatus(status),
      visible: async (visible) => (visible ? this.#model.hydrate() : undefined),
      perform: async (action) => void this.#actions[action](),
    })
    this.#model = new TimelineModel(host.remote)
    this.#actions = createPageActions(this.#model, {
      openFind: () => this.#find.open(),
      findNext: (direction) => this.#find.step(direction),
      focusFilter: () => this.querySelector<HeaderBar>('lifeline-header')?.focusFilter(),
      focusSendBox: () => this.#composerElement?.focusInput(),
      copyFromTree: (what) => this.#detail?.copyFromTree(what),
      moveDetail: () => this.#moveDetail(),
    })
    this.#memory = createViewMemory(
      host.saved,
      () => placeOf(this.#model, this.#rows.anchorSeq),
      host.save,
    )
    this.#model.onChange(() => this.requestUpdate())
    tellShown(this.#model)
  }

  protected override firstUpdated(): void {
    showRows(this.#rows, this.#model)
    showFind(this.#find, this.#rows, this.#model)
    new ResizeObserver(() => this.#measure()).observe(this)
    this.#measure()
    this.addEventListener('scrolled', () => this.#memory.saveSoon())
    const keys = createPageKeys({
      actions: this.#actions,
      closeDetail: () => this.#closeDetail(),
      regions: () => this.#regions(),
    })
    document.addEventListener('keydown', keys)
    // The last word before the page goes.
    window.addEventListener('pagehide', () => this.#memory.saveNow())
    keepFocus((options) => this.#rows.focusRows(options))
    void this.#model.start(this.#memory.view)
  }

  protected override updated(): void {
    this.querySelector<HeaderBar>('lifeline-header')?.requestUpdate()
    this.querySelector<Composer>('lifeline-composer')?.requestUpdate()
    this.style.setProperty('--detail-share', String(this.#share))
    this.#announce()
    this.#memory.saveSoon()
  }

  get #stacked(): boolean {
    return isStacked(this.#widthPx, this.#model.habits.current.detailPlace)
  }

  get #share(): number {
    return this.#stacked ? this.#memory.view.stackedShare : this.#memory.view.detailShare
  }

  get #detail(): FrameDetail | null {
    return this.querySelector('lifeline-detail')
  }

  get #composerElement(): Composer | null {
    return this.querySelector('lifeline-composer')
  }

  override render(): TemplateResult {
    const open = this.#memory.view.detailOpen && this.#model.selected.row !== null
    return html`
      <lifeline-header .model=${this.#model} @perform=${this.#handlePerform} @leave-filter=${() => this.#rows.focusRows()}></lifeline-header>
      ${strips(this.#model)}
      ${this.#strip()}
      <main class="split ${this.#stacked ? 'stacked' : ''}"
        @open-detail=${this.#handleOpen} @share=${this.#handleShare} @leave-find=${() => this.#rows.focusRows()}>
        ${this.#rows}
        ${
          open
            ? html`<lifeline-splitter .share=${this.#share} .stacked=${this.#stacked}></lifeline-splitter>
              <lifeline-detail .model=${this.#model} .row=${this.#model.selected.row}
                .stacked=${hasPlaceChoice(this.#widthPx) ? this.#stacked : null}
                @move-detail=${this.#moveDetail} @close-detail=${this.#closeDetail}></lifeline-detail>`
            : nothing
        }
      </main>
      ${this.#composer()}
      <div class="sr" role="status" aria-live="polite"></div>`
  }

  #strip(): TemplateResult | typeof nothing {
    if (this.#model.habits.current.strip === 'hidden') return nothing
    return html`<lifeline-overview .model=${this.#model} .rows=${this.#rows}></lifeline-overview>`
  }

  #composer(): TemplateResult | typeof nothing {
    const { session } = this.#model
    if (!session || session.readOnly) return nothing
    return html`<lifeline-composer .model=${this.#model} .draft=${this.#memory.view.draft} .draftType=${this.#memory.view.draftType} .sent=${this.#memory.view.sent}
      @composed=${this.#handleComposed} @open-detail=${this.#handleOpen}></lifeline-composer>`
  }

  /** In their order on the page; null where one is not there. */
  #regions(): readonly Region[] {
    return [
      { element: this.querySelector('lifeline-header'), focus: () => this.#actions.filter() },
      { element: this.#rows, focus: () => this.#rows.focusRows() },
      { element: this.#detail, focus: () => this.#detail?.focusTabs() },
      { element: this.#composerElement, focus: () => this.#composerElement?.focusRegion() },
    ]
  }

  #handlePerform({ detail }: CustomEvent<TimelineAction>): void {
    this.#actions[detail]()
  }

  #handleOpen(event: CustomEvent<{ focus: boolean }>): void {
    this.#change({ detailOpen: true })
    if (event.detail.focus) void this.updateComplete.then(() => this.#detail?.focusTabs())
  }

  /** False where there is none. */
  #closeDetail(): boolean {
    if (!this.#memory.view.detailOpen) return false
    this.#change({ detailOpen: false })
    this.#rows.focusRows()
    return true
  }

  #moveDetail(): void {
    const { habits } = this.#model
    if (hasPlaceChoice(this.#widthPx))
      habits.change({ detailPlace: this.#stacked ? 'right' : 'below' })
    else this.#model.report('The timeline is too narrow for the detail beside the rows.')
  }

  #handleShare(event: CustomEvent<number>): void {
    this.#change(this.#stacked ? { stackedShare: event.detail } : { detailShare: event.detail })
  }

  #handleComposed(event: CustomEvent<Composed>): void {
    this.#change(event.detail)
  }

  #measure(): void {
    this.#widthPx = this.clientWidth
    this.requestUpdate()
  }

  #announce(): void {
    const { session } = this.#model
    if (!session) return
    const { frames, statistics } = session.status
    const drawn = frames - statistics.wireFrames
    const words = this.#announcer.update(stateWord(session), drawn, Date.now())
    const region = this.querySelector('[aria-live]')
    if (words !== null && region) region.textContent = words
  }

  #change(part: Partial<ViewState>): void {
    this.#memory.change(part)
    this.requestUpdate()
  }
}

customElements.define('lifeline-timeline', TimelinePage)
