// The page: header, rows, detail and composer, joined to the host and to the state VS Code keeps.

import { html, nothing, type TemplateResult } from 'lit'
import type { TimelineAction } from '../shared/calls/messages.ts'
import type { Frame } from '../shared/frame/frame.ts'
import { formatCount } from '../shared/text/units.ts'
import { visibleLine } from '../shared/text/visibleText.ts'
import { createAnnouncer } from './announcer.ts'
import './composer/composer.ts'
import type { Composer } from './composer/composer.ts'
import './detail/frameDetail.ts'
import type { FrameDetail } from './detail/frameDetail.ts'
import './header/headerBar.ts'
import { stateWord } from '../shared/session/sessionState.ts'
import type { Composed } from './composer/messageForm.ts'
import { LightElement } from './elements/lightElement.ts'
import type { HeaderBar } from './header/headerBar.ts'
import { connectHost, type HostApi } from './hostApi.ts'
import { keepFocus } from './keepFocus.ts'
import { RowsView } from './rows/rowsView.ts'
import './elements/splitter.ts'
import { TimelineModel } from './model/timelineModel.ts'
import { freshViewState, type ViewState } from './viewState.ts'

/** Below this width the detail goes under the rows. */
const stackedBelowPx = 900
const saveDelayMs = 250

/** `<lifeline-timeline>`: see `main.ts` for what the host's page must hold. */
export class TimelinePage extends LightElement {
  readonly #host: HostApi
  readonly #model: TimelineModel
  readonly #rows = new RowsView()
  readonly #announcer = createAnnouncer()
  #view: ViewState = freshViewState('')
  #stacked = false
  #saveTimer: ReturnType<typeof setTimeout> | undefined

  constructor() {
    super()
    this.#host = connectHost(this.dataset.panelState ?? '', {
      status: async (status) => this.#model.handleStatus(status),
      visible: async (visible) => {
        if (visible) await this.#model.hydrate()
      },
      perform: async (action) => this.#perform(action),
    })
    this.#model = new TimelineModel(this.#host.remote)
    this.#view = this.#host.saved
    this.#model.onChange(() => this.requestUpdate())
  }

  protected override firstUpdated(): void {
    this.#rows.model = this.#model
    new ResizeObserver(() => this.#measure()).observe(this)
    this.#measure()
    this.addEventListener('scrolled', () => this.#saveSoon())
    document.addEventListener('keydown', (event) => this.#handleKey(event))
    // The last word before the page goes.
    window.addEventListener('pagehide', () => this.#save())
    keepFocus((options) => this.#rows.focusRows(options))
    void this.#model.hydrate(this.#view)
  }

  protected override updated(): void {
    this.querySelector<HeaderBar>('lifeline-header')?.requestUpdate()
    this.querySelector<Composer>('lifeline-composer')?.requestUpdate()
    this.style.setProperty('--detail-share', String(this.#share))
    this.#announce()
    this.#saveSoon()
  }

  get #share(): number {
    return this.#stacked ? this.#view.stackedShare : this.#view.detailShare
  }

  get #detail(): FrameDetail | null {
    return this.querySelector('lifeline-detail')
  }

  override render(): TemplateResult {
    const open = this.#view.detailOpen && this.#model.selected.row !== null
    return html`
      <lifeline-header .model=${this.#model} @leave-filter=${() => this.#rows.focusRows()}></lifeline-header>
      ${this.#strips()}
      <main class="split ${this.#stacked ? 'stacked' : ''}"
        @open-detail=${this.#handleOpen} @share=${this.#handleShare}>
        ${this.#rows}
        ${
          open
            ? html`<lifeline-splitter .share=${this.#share} .stacked=${this.#stacked}></lifeline-splitter>
              <lifeline-detail .model=${this.#model} .row=${this.#model.selected.row}
                @close-detail=${this.#handleClose}></lifeline-detail>`
            : nothing
        }
      </main>
      ${this.#composer()}
      <div class="sr" role="status" aria-live="polite"></div>`
  }

  #strips(): TemplateResult {
    const model = this.#model
    return html`
      ${
        model.problem === null
          ? nothing
          : this.#strip('error', model.problem, 'Dismiss', () => model.dismissProblem(), 'alert')
      }
      ${
        model.shown.pausedSeq === null
          ? nothing
          : this.#strip(
              'debug-pause',
              `Paused at frame #${formatCount(model.shown.pausedSeq)}. ${newFrames(model.shown.newRows)} Recording goes on.`,
              'Resume',
              () => model.shown.setPaused(false),
            )
      }
      ${
        model.shown.filter.afterSeq === 0
          ? nothing
          : this.#strip(
              'eye-closed',
              `Frames up to #${formatCount(model.shown.filter.afterSeq)} are cleared away.`,
              'Show all',
              () => model.shown.showAll(),
            )
      }`
  }

  #strip(
    icon: string,
    text: string,
    action: string,
    run: () => void,
    role: 'alert' | 'note' = 'note',
  ): TemplateResult {
    return html`<div class="strip ${icon}" role=${role}>
      <i class="codicon codicon-${icon}" aria-hidden="true"></i><span>${visibleLine(text)}</span>
      <button type="button" class="link" @click=${run}>${action}</button>
    </div>`
  }

  #composer(): TemplateResult | typeof nothing {
    const { session } = this.#model
    if (!session || session.readOnly) return nothing
    return html`<lifeline-composer .model=${this.#model} .draft=${this.#view.draft} .draftType=${this.#view.draftType} .sent=${this.#view.sent}
      @composed=${this.#handleComposed} @open-detail=${this.#handleOpen}></lifeline-composer>`
  }

  #perform(action: TimelineAction): void {
    const model = this.#model
    const actions: Record<TimelineAction, () => unknown> = {
      pause: () => model.shown.setPaused(model.shown.pausedSeq === null),
      follow: () => model.shown.setFollow(!model.shown.follow),
      wire: () => model.shown.setWire(!model.shown.filter.wire),
      clear: () => model.shown.clear(),
      filter: () => this.querySelector<HeaderBar>('lifeline-header')?.focusFilter(),
      send: () => this.querySelector<Composer>('lifeline-composer')?.focusInput(),
      'open-payload': () => this.#withPayload(({ seq }) => model.acts.openPayload(seq)),
      copy: () => this.#withPayload((frame) => model.acts.copyPayload(frame)),
    }
    actions[action]()
  }

  /** Says so where no frame is selected, or it has no payload. */
  async #withPayload(act: (frame: Frame) => unknown): Promise<void> {
    const model = this.#model
    const { seq, row } = model.selected
    if (seq === null) return model.report('Select a frame first.')
    const frame = (row ?? (await model.acts.related(seq))?.row)?.frame
    if (frame?.sizeBytes === 0) model.report(`Frame #${seq} has no payload.`)
    else if (frame) act(frame)
  }

  #handleKey(event: KeyboardEvent): void {
    const typing =
      event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement
    const find = event.key === 'f' && (event.ctrlKey || event.metaKey)
    if (find || (event.key === '/' && !typing)) {
      this.#perform('filter')
    } else if (event.key === 'F6') {
      if (!this.#goToRegion(event.shiftKey ? -1 : 1)) return
    } else if (event.key === 'Escape' && this.#view.detailOpen && !typing) {
      this.#handleClose()
    } else {
      return
    }
    // VS Code listens on the window: what was done here must not be done there as well.
    event.preventDefault()
    event.stopPropagation()
  }

  /** False beyond the first and the last region: there VS Code's own F6 leads on. */
  #goToRegion(step: 1 | -1): boolean {
    const regions: readonly (readonly [Element | null, () => void])[] = [
      [this.querySelector('lifeline-header'), () => this.#perform('filter')],
      [this.#rows, () => this.#rows.focusRows()],
      [this.#detail, () => this.#detail?.focusTabs()],
      [this.querySelector('lifeline-composer'), () => this.#perform('send')],
    ]
    const there = regions.filter(([element]) => element !== null)
    const at = there.findIndex(([element]) => element?.contains(document.activeElement))
    const next = there[at < 0 && step < 0 ? there.length - 1 : at + step]
    next?.[1]()
    return next !== undefined
  }

  #handleOpen(event: CustomEvent<{ focus: boolean }>): void {
    this.#change({ detailOpen: true })
    if (event.detail.focus) void this.updateComplete.then(() => this.#detail?.focusTabs())
  }

  #handleClose(): void {
    this.#change({ detailOpen: false })
    this.#rows.focusRows()
  }

  #handleShare(event: CustomEvent<number>): void {
    this.#change(this.#stacked ? { stackedShare: event.detail } : { detailShare: event.detail })
  }

  #handleComposed(event: CustomEvent<Composed>): void {
    this.#change(event.detail)
  }

  #measure(): void {
    const stacked = this.clientWidth < stackedBelowPx
    if (stacked === this.#stacked) return
    this.#stacked = stacked
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
    this.#view = { ...this.#view, ...part }
    this.requestUpdate()
    this.#saveSoon()
  }

  #saveSoon(): void {
    if (this.#saveTimer !== undefined) return
    this.#saveTimer = setTimeout(() => this.#save(), saveDelayMs)
  }

  #save(): void {
    clearTimeout(this.#saveTimer)
    this.#saveTimer = undefined
    const model = this.#model
    if (!model.ready) return
    this.#host.save({
      ...this.#view,
      anchorSeq: this.#rows.anchorSeq,
      filterText: model.shown.filter.text,
      afterSeq: model.shown.filter.afterSeq,
      pausedSeq: model.shown.pausedSeq,
      wire: model.shown.filter.wire,
      selectedSeq: model.selected.seq,
    })
  }
}

function newFrames(count: number): string {
  if (count === 0) return 'No new frames.'
  return count === 1 ? '1 new frame.' : `${formatCount(count)} new frames.`
}

customElements.define('lifeline-timeline', TimelinePage)
