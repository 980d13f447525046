// One finding in the list: how bad it is, what was measured, its frames, and what to do about it.

import { html, nothing, type TemplateResult } from 'lit'
import type { Finding, Severity } from '../../../shared/session/findings.ts'
import { provingFrames, saidParts } from '../../../shared/session/findingWords.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'

/** Each severity has a shape of its own, for those who see no colour. */
const icons: Readonly<Record<Severity, string>> = { fault: 'error', risk: 'warning', hint: 'info' }

export interface FindingActs {
  visit(finding: Finding, step: 1 | -1): void
  toggleAdvice(finding: Finding): void
  openRule(finding: Finding): void
}

export interface ShownFinding {
  readonly finding: Finding
  /** What to do stands there. */
  readonly isOpen: boolean
  /** The frame of it that the user has gone to last; null: none. */
  readonly visitedSeq: number | null
  /** Its own on the page: the same rule may have found something in several sessions. */
  readonly key: string
}

export function findingView(shown: ShownFinding, acts: FindingActs): TemplateResult {
  const { finding, isOpen, key } = shown
  const { id, severity, title, sentence, advice } = finding
  return html`<li class="finding is-${severity}" data-id=${id} data-key=${key}>
    <span class="severity"><i class="codicon codicon-${icons[severity]}" aria-hidden="true"></i>${severity}</span>
    <div class="said"><b>${said(title)}</b> ${said(sentence)}</div>
    <span class="leads">${framesButton(shown, acts)}
      <button type="button" class="link" aria-expanded=${String(isOpen)} aria-controls=${isOpen ? `advice-${key}` : nothing} @click=${() => acts.toggleAdvice(finding)}>what to do</button></span>
    ${isOpen ? html`<p class="advice" id="advice-${key}">${said(advice)} <button type="button" class="link" title="The rule, its threshold and its source" @click=${() => acts.openRule(finding)}>More about this rule</button></p>` : nothing}
  </li>`
}

function said(text: string): readonly (TemplateResult | string)[] {
  return saidParts(text).map((part) =>
    part.code ? html`<code>${visibleLine(part.text)}</code>` : visibleLine(part.text),
  )
}

/** Goes from one frame to the next, with Shift to the one before. */
function framesButton(
  { finding, visitedSeq }: ShownFinding,
  acts: FindingActs,
): TemplateResult | typeof nothing {
  const { frames, frameCount } = finding
  if (frames.length === 0) return nothing
  const at = visitedSeq === null ? -1 : frames.indexOf(visitedSeq)
  const words = at < 0 || frames.length === 1 ? provingFrames(finding) : placeWords(finding, at)
  const left =
    frameCount > frames.length
      ? `, of the first ${formatCount(frames.length)} of ${formatCount(frameCount)}`
      : ''
  const title =
    frames.length === 1
      ? 'Go to the frame that proves it'
      : `Go to the next frame that proves it, with Shift to the one before${left}`
  return html`<button type="button" class="link frames" title=${title}
    @click=${(event: MouseEvent) => acts.visit(finding, event.shiftKey ? -1 : 1)}>${words}</button>
    <span aria-hidden="true">·</span>`
}

/** `#97 · 3 of 12`. */
function placeWords({ frames }: Finding, at: number): string {
  return `#${formatCount(frames[at] ?? 0)} · ${formatCount(at + 1)} of ${formatCount(frames.length)}`
}
