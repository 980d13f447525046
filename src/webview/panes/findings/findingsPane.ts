// The pane of the findings, below the rows: each with what was measured, the frames that prove it, and what to do.

import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import type { Finding } from '../../../shared/session/findings.ts'
import { findingsMarkdown, severityCounts } from '../../../shared/session/findingWords.ts'
import { escapeMarkdown } from '../../../shared/text/markdownText.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { CopiedNote } from '../../elements/copiedNote.ts'
import { LightElement } from '../../elements/lightElement.ts'
import type { TimelineModel } from '../../model/timelineModel.ts'
import { type FindingActs, findingView } from './findingView.ts'

/** `<lifeline-findings>`: for `model`; fires `close-findings`, and `open-detail` where only the detail can tell of a frame. The page re-renders it when the model changes. */
export class FindingsPane extends LightElement {
  static override properties = { model: { attribute: false } }
  declare model: TimelineModel
  /** Those whose advice is open. */
  readonly #open = new Set<string>()
  readonly #copied = new CopiedNote(this)

  /** Goes to the finding, or to the list. */
  focusPane(id: string | null = null): void {
    const item = id === null ? null : this.#items().find(({ dataset }) => dataset.id === id)
    const target = item?.querySelector<HTMLElement>('button') ?? this.#body
    item?.scrollIntoView({ block: 'nearest' })
    target?.focus({ preventScroll: true })
  }

  get #body(): HTMLElement | null {
    return this.querySelector('.findings-body')
  }

  #items(): readonly HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('.finding')]
  }

  override render(): TemplateResult {
    const { all } = this.model.findings
    return html`<section class="findings" aria-label="Findings">
      <div class="findings-head">
        <h2>Findings</h2> <span class="of">${this.#summary()}</span>
        <span class="actions">
          ${all.length === 0 ? nothing : html`<button type="button" class="text" title="Copy all findings as Markdown" @click=${this.#copy}>${this.#copied.what ? 'Copied' : 'Copy as Markdown'}</button>`}
          <button type="button" class="icon" title="Close (Escape)" aria-label="Close the findings"
            @click=${() => this.dispatchEvent(new CustomEvent('close-findings', { bubbles: true }))}><i class="codicon codicon-close" aria-hidden="true"></i></button>
        </span>
      </div>
      <div class="findings-body" tabindex="0" role="group" aria-label="What was found" @keydown=${this.#handleKey}>${this.#list()}</div>
    </section>`
  }

  /** `1 fault, 2 risks · 43 rules looked`. */
  #summary(): string {
    const { all, rules, partial } = this.model.findings
    const looked =
      rules === null ? '' : `${formatCount(rules)} ${rules === 1 ? 'rule' : 'rules'} looked`
    const parts = [severityCounts(all), looked, partial ? 'reading older frames …' : '']
    return parts.filter((part) => part !== '').join(' · ')
  }

  #list(): TemplateResult {
    const { all, rules, partial } = this.model.findings
    if (all.length > 0) {
      return html`<ul>${repeat(
        all,
        ({ id }) => id,
        (finding) =>
          findingView(finding, this.#isOpen(finding), this.#visitedSeq(finding), this.#acts),
      )}</ul>`
    }
    if (rules === null || partial) return html`<p class="sentence">Reading the frames …</p>`
    return html`<p class="sentence">Nothing stands out: no rule has found a fault, a risk or a hint.</p>`
  }

  #isOpen({ id }: Finding): boolean {
    return this.#open.has(id)
  }

  #visitedSeq({ id }: Finding): number | null {
    const { visited } = this.model.findings
    return visited?.id === id ? visited.seq : null
  }

  readonly #acts: FindingActs = {
    visit: (finding, step) => void this.#visit(finding, step),
    toggleAdvice: ({ id }) => {
      if (!this.#open.delete(id)) this.#open.add(id)
      this.requestUpdate()
    },
    openRule: ({ id }) => void this.model.actions.run(this.model.api.openRule(id)),
  }

  /** Of a frame whose row is hidden the detail says so, and offers to show it. */
  async #visit(finding: Finding, step: 1 | -1): Promise<void> {
    const isShown = await this.model.findings.visit(finding, step)
    const detail = { focus: false }
    if (!isShown) this.dispatchEvent(new CustomEvent('open-detail', { bubbles: true, detail }))
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
    this.focusPane(next.dataset.id)
  }

  readonly #copy = async (): Promise<void> => {
    const { session, actions, findings } = this.model
    if (session === null) return
    await actions.copy(
      `### ${escapeMarkdown(visibleLine(session.name))}\n\n${findingsMarkdown(findings.all)}`,
    )
    this.#copied.tell('all')
  }
}

customElements.define('lifeline-findings', FindingsPane)
