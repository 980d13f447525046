// The pane of the findings, below the rows: each with what was measured, the frames that prove it, and what to do.

import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Finding } from '../../../shared/session/findings.ts'
import { severityCounts } from '../../../shared/session/findingWords.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { CopiedNote } from '../../elements/copiedNote.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { FlaggedFinding } from '../../model/findingsKeeper.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { findingsText } from './findingsText.ts'
import { type FindingActs, findingView } from './findingView.ts'

/** `<lifeline-findings>`: for the sessions of `models`; fires `close-findings`, of several `activate-lane` with the number of the one whose frame it goes to, and `open-detail` where only the detail can tell of a frame. The page re-renders it when a model changes. */
export class FindingsPane extends LightElement {
  static override properties = { models: { attribute: false } }
  /** One at least. */
  declare models: readonly TimelineModel[]
  /** Keys of those whose advice is open. */
  readonly #open = new Set<string>()
  readonly #copied = new CopiedNote(this)

  /** Goes to the finding, or to the list. */
  focusPane(finding: FlaggedFinding | null = null): void {
    const key = finding && keyOf(finding.lane, finding)
    const item = this.#items().find(({ dataset }) => dataset.key === key)
    if (item) focusFinding(item)
    else this.querySelector<HTMLElement>('.findings-body')?.focus({ preventScroll: true })
  }

  #items(): readonly HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.finding')]
  }

  get #all(): readonly Finding[] {
    return this.models.flatMap(({ findings }) => findings.all)
  }

  override render(): TemplateResult {
    const isCopied = this.#copied.what !== null
    return html`<section class="findings" aria-label="Findings">
      <div class="pane-head">
        <h2>Findings</h2> <span class="of">${this.#summary()}</span>
        <span class="actions">
          ${this.#all.length === 0 ? nothing : html`<button type="button" class="text" title="Copy all findings as Markdown" @click=${this.#copy}>${isCopied ? 'Copied' : 'Copy as Markdown'}</button>`}
          <button type="button" class="icon" title="Close (Escape)" aria-label="Close the findings"
            @click=${() => this.dispatchEvent(new CustomEvent('close-findings', { bubbles: true }))}><i class="codicon codicon-close" aria-hidden="true"></i></button>
        </span>
      </div>
      <div class="findings-body" tabindex="0" role="group" aria-label="What was found" @keydown=${this.#handleKey}>${this.#list()}</div>
    </section>`
  }

  /** `1 fault, 2 risks · 43 rules looked`; of several sessions `1 fault, 2 risks · in 2 of 3 sessions`. */
  #summary(): string {
    const { models } = this
    const all = this.#all
    const where = models.length === 1 ? rulesLooked(models) : sessionsWith(models)
    const isPartial = models.some(({ findings }) => findings.partial)
    const parts = [severityCounts(all), where, isPartial ? 'reading older frames …' : '']
    return parts.filter((part) => part !== '').join(' · ')
  }

  #list(): TemplateResult {
    const { models } = this
    if (this.#all.length > 0)
      return html`${models.map((model, lane) => this.#ofSession(model, lane))}`
    if (models.some(({ findings: { rules, partial } }) => rules === null || partial))
      return html`<p class="sentence">Reading the frames …</p>`
    return html`<p class="sentence">Nothing stands out: no rule has found a fault, a risk or a hint.</p>`
  }

  /** Each of several has its name above what was found in it. */
  #ofSession(model: TimelineModel, lane: number): TemplateResult | typeof nothing {
    const { all, visited } = model.findings
    if (all.length === 0) return nothing
    const acts = this.#actsOn(model, lane)
    const list = repeat(
      all,
      ({ id }) => id,
      (finding) => {
        const key = keyOf(lane, finding)
        const visitedSeq = visited?.id === finding.id ? visited.seq : null
        return findingView({ finding, key, visitedSeq, isOpen: this.#open.has(key) }, acts)
      },
    )
    const name = visibleLine(model.session?.name ?? '')
    return this.models.length === 1
      ? html`<ul>${list}</ul>`
      : html`<h3>${name} <span class="of">${severityCounts(all)}</span></h3><ul aria-label=${name}>${list}</ul>`
  }

  #actsOn(model: TimelineModel, lane: number): FindingActs {
    return {
      visit: (finding, step) => void this.#visit(lane, finding, step),
      toggleAdvice: (finding) => {
        const key = keyOf(lane, finding)
        if (!this.#open.delete(key)) this.#open.add(key)
        this.requestUpdate()
      },
      openRule: ({ id }) => void model.actions.run(model.api.openRule(id)),
    }
  }

  /** Of a frame whose row is hidden the detail says so, and offers to show it. */
  async #visit(lane: number, finding: Finding, step: 1 | -1): Promise<void> {
    if (this.models.length > 1) this.#fire('activate-lane', lane)
    const isShown = await this.models[lane]?.findings.visit(finding, step)
    if (isShown === false) this.#fire('open-detail', { focus: false })
  }

  #fire(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }))
  }

  /** ↑ and ↓ lead from finding to finding. */
  readonly #handleKey = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const items = this.#items()
    const at = items.findIndex((item) => item.contains(document.activeElement))
    const next = items[at < 0 ? (step > 0 ? 0 : -1) : at + step]
    if (!next) return
    event.preventDefault()
    focusFinding(next)
  }

  readonly #copy = async (): Promise<void> => {
    const [first] = this.models
    if (first) await this.#copied.tell('all', first.actions.copy(findingsText(this.models)))
  }
}

function focusFinding(item: HTMLElement): void {
  item.scrollIntoView({ block: 'nearest' })
  item.querySelector<HTMLElement>('button')?.focus({ preventScroll: true })
}

/** The same rule may have found something in several sessions. */
function keyOf(lane: number, { id }: Pick<Finding, 'id'>): string {
  return `${lane}-${id}`
}

function rulesLooked([model]: readonly TimelineModel[]): string {
  const rules = model?.findings.rules ?? null
  return rules === null ? '' : `${formatCount(rules)} ${rules === 1 ? 'rule' : 'rules'} looked`
}

function sessionsWith(models: readonly TimelineModel[]): string {
  const found = models.filter(({ findings }) => findings.all.length > 0).length
  return found === 0 ? '' : `in ${formatCount(found)} of ${formatCount(models.length)} sessions`
}

customElements.define('lifeline-findings', FindingsPane)
