// The pane that compares the sessions of a page: a table that fills while they run, delays over time, and the advice.

import { html, nothing, type PropertyValues, type TemplateResult } from 'lit'
import { comparisonMarkdown } from '../../../shared/advice/comparisonReport.ts'
import type { SaidNeeds } from '../../../shared/advice/needs.ts'
import type { AskedComparison, TogetherApi } from '../../../shared/calls/togetherApi.ts'
import type { Comparison } from '../../../shared/comparison/comparison.ts'
import { comparisonNotes } from '../../../shared/comparison/comparisonNotes.ts'
import { complexityNotes } from '../../../shared/comparison/documentRows.ts'
import type { FigureName } from '../../../shared/comparison/figureNames.ts'
import type { ItemPlaces } from '../../../shared/comparison/itemPlaces.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { toError } from '../../../shared/unknown.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { Lane } from '../../lanes/lane.ts'
import { chartView } from '../../panes/statistics/charts/chartView.ts'
import { adviceView } from './adviceView.ts'
import { type Compared, createComparisonFeed } from './comparisonFeed.ts'
import { comparisonTable } from './comparisonTable.ts'
import { delayChart } from './delayChart.ts'
import { behindFigure } from './figureFrames.ts'
import { createItemMarks } from './itemMarks.ts'
import { placesForm, readPath } from './placesForm.ts'

/** So long a button says what it has done. */
const toldMs = 2000

/**
 * `<lifeline-comparison>`: of `lanes`; fires `show-frame` with a `BehindFrame`, `filter-lanes` with `{ text }`,
 * `close-comparison`, and `compared` with the items as `MarksIn` whenever more is known.
 */
export class ComparisonPane extends LightElement {
  static override properties = {
    lanes: { attribute: false },
    asked: { attribute: false },
    // It is always the same host.
    api: { attribute: false, hasChanged: () => false },
    share: { attribute: false },
  }
  declare lanes: readonly Lane[]
  declare asked: AskedComparison | null
  declare api: Pick<TogetherApi, 'copy' | 'saveText'>
  /** Of the page's height. */
  declare share: number
  readonly #feed = createComparisonFeed(() => {
    this.requestUpdate()
    this.#tellMarks()
  })
  /** What the user says of items and needs. */
  #places: ItemPlaces | null = null
  #said: SaidNeeds = {}
  #asTable = false
  /** The last figure that was pressed, and how often. */
  #pressed = { figure: '', times: 0 }
  #told: { readonly copied?: boolean; readonly problem?: string } = {}

  override connectedCallback(): void {
    super.connectedCallback()
    this.#watch()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#feed.stop()
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('asked')) this.#take(this.asked)
    if (changed.has('share')) this.style.setProperty('--comparison-share', String(this.share))
    if (changed.has('lanes') && !areOfSame(changed.get('lanes'), this.lanes)) this.#watch()
  }

  protected override updated(changed: PropertyValues<this>): void {
    // The same sessions may stand at other heights now.
    if (changed.has('lanes')) this.#tellMarks()
  }

  #take(asked: AskedComparison | null): void {
    if (!asked?.item) return
    const { item, time } = asked
    this.#sayPlaces({ item: readPath(item), time: time === null ? null : readPath(time) })
  }

  focusPane(): void {
    this.querySelector<HTMLElement>('.comparison-body')?.focus()
  }

  override render(): TemplateResult {
    const current = this.#feed.current
    return html`<section class="comparison" aria-label="Comparison" @keydown=${(event: KeyboardEvent) => takesEscape(event) && this.#fire('close-comparison', null)}>
      <div class="pane-head">
        <h2>Comparison</h2>
        ${placesForm({
          places: this.#places ?? current?.joined.places ?? null,
          isGuessed: this.#places === null,
          say: (places) => this.#sayPlaces(places),
        })}
        <span class="actions">${current === null ? nothing : reportButtons(this.#told.copied === true, this.#copy, this.#save)}
          <button type="button" class="icon" title="Close (Escape)" aria-label="Close the comparison"
            @click=${() => this.#fire('close-comparison', null)}><i class="codicon codicon-close" aria-hidden="true"></i></button>
        </span>
      </div>
      <div class="comparison-body" tabindex="0" role="group" aria-label="Figures">${this.#body(current)}</div>
    </section>`
  }

  #body(current: Compared | null): TemplateResult {
    const problem = this.#told.problem ?? this.#feed.problem
    const alert = problem === null ? nothing : html`<p class="sentence" role="alert">${problem}</p>`
    if (current === null) return html`${alert}<p class="sentence">Reading the sessions …</p>`
    const { comparison, partial } = current
    return html`<div class="measured-part">${alert}
        ${comparisonTable(comparison, { lead: (lane, name) => this.#lead(lane, name) })}
        ${this.#chart(current)}
        ${notesOf(comparison, partial)}
      </div>
      ${adviceView(comparison, {
        said: this.#said,
        say: (said) => {
          this.#said = said
          this.requestUpdate()
        },
      })}`
  }

  #chart({ points }: Compared): TemplateResult | typeof nothing {
    const chart = delayChart(points, (lane, seq) => this.#fire('show-frame', { lane, seq }))
    if (chart === null) return nothing
    return chartView(chart, {
      asTable: this.#asTable,
      toggleTable: () => {
        this.#asTable = !this.#asTable
        this.requestUpdate()
      },
      go: () => {},
      about: points.isFreshness
        ? 'since their origin, the longest of each span'
        : 'behind the first, the longest of each span',
    })
  }

  #watch(): void {
    if (this.isConnected && this.lanes) this.#feed.watch(this.lanes.map(({ model }) => model))
  }

  #tellMarks(): void {
    const { current } = this.#feed
    if (current === null || !this.isConnected) return
    const { joined, comparison } = current
    const shifts = this.lanes.map(({ shiftMs }) => shiftMs)
    this.#fire('compared', createItemMarks(joined, comparison.clockOffsetMs, shifts))
  }

  #sayPlaces(places: ItemPlaces | null): void {
    this.#places = places
    this.#feed.say(places)
    this.requestUpdate()
  }

  /** Pressed again, a figure leads to the next frame behind it. */
  #lead(lane: number, name: FigureName): void {
    const { current } = this.#feed
    if (current === null) return
    const { lanes, join, marks } = current.joined
    const behind = behindFigure({ lanes, join, marks, comparison: current.comparison }, lane, name)
    if (behind === null) return
    if ('filter' in behind) {
      this.#fire('filter-lanes', { text: behind.filter })
      return
    }
    const figure = `${lane} ${name}`
    const times = this.#pressed.figure === figure ? this.#pressed.times + 1 : 0
    this.#pressed = { figure, times }
    this.#fire('show-frame', behind.frames[times % behind.frames.length] ?? null)
  }

  #fire(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }))
  }

  get #markdown(): string {
    const { current } = this.#feed
    return current === null ? '' : comparisonMarkdown(current.comparison, this.#said)
  }

  readonly #copy = async (): Promise<void> => {
    if (!(await this.#try(() => this.api.copy(this.#markdown)))) return
    this.#tell({ copied: true })
    setTimeout(() => this.#tell({}), toldMs)
  }

  readonly #save = (): Promise<boolean> =>
    this.#try(() => this.api.saveText('comparison.md', `# Comparison\n\n${this.#markdown}`))

  /** Answers whether it worked; what went wrong is told. */
  async #try(act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act()
      this.#tell({})
      return true
    } catch (failure) {
      this.#tell({ problem: toError(failure).message })
      return false
    }
  }

  #tell(told: { readonly copied?: boolean; readonly problem?: string }): void {
    this.#told = told
    this.requestUpdate()
  }
}

function areOfSame(before: readonly Lane[] = [], lanes: readonly Lane[]): boolean {
  return before.length === lanes.length && lanes.every(({ model }, i) => model === before[i]?.model)
}

/** In a box it is the box's. */
function takesEscape(event: KeyboardEvent): boolean {
  if (event.key !== 'Escape' || event.target instanceof HTMLInputElement) return false
  event.preventDefault()
  event.stopPropagation()
  return true
}

function reportButtons(
  copied: boolean,
  copy: () => Promise<void>,
  save: () => Promise<boolean>,
): TemplateResult {
  return html`<button type="button" class="text" title="Copy the tables and the advice as Markdown" aria-label="Copy as Markdown"
      @click=${copy}><i class="codicon codicon-copy" aria-hidden="true"></i><span class="name">${copied ? 'Copied' : 'Copy as Markdown'}</span></button>
    <button type="button" class="text" title="Save the tables and the advice as a file of Markdown" aria-label="Save Report"
      @click=${save}><i class="codicon codicon-save" aria-hidden="true"></i><span class="name">Save Report…</span></button>`
}

function notesOf(comparison: Comparison, partial: boolean): TemplateResult {
  const notes = [
    ...(partial ? ['Older frames are still being read.'] : []),
    ...comparisonNotes(comparison, 'Name one above, such as id.'),
  ]
  return html`<div class="notes">${notes.map((note) => html`<p>${visibleLine(note)}</p>`)}
    <details><summary>Complexity cannot be measured</summary>${complexityNotes(comparison).map((note) => html`<p>${visibleLine(note)}</p>`)}</details>
  </div>`
}

customElements.define('lifeline-comparison', ComparisonPane)
