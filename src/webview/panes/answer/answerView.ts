// One answer on the page: who was asked what, its bar, its figures, its text, and how it ended.

import { html, nothing, type TemplateResult } from 'lit'
import { protocolName } from '../../../shared/frame/protocolName.ts'
import type { ModelAnswer } from '../../../shared/session/modelAnswers.ts'
import { formatCount } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import type { AnswerText } from '../../model/answerText.ts'
import { answerBar } from './answerBar.ts'
import { answerBarView, type BarRoom } from './answerBarView.ts'
import { type AnswerEnd, answerEnds } from './answerEnds.ts'
import { answerFigures } from './answerFigures.ts'

export interface ShownAnswer {
  readonly answer: ModelAnswer
  /** Null while it is not here. */
  readonly text: AnswerText | null
  readonly room: BarRoom
  /** Epoch ms. */
  readonly now: number
  /** Selects a frame. */
  readonly go: (seq: number) => void
}

/** The text itself is drawn into its `<lifeline-answer-text>`. */
export function answerView({ answer, text, room, now, go }: ShownAnswer): TemplateResult {
  const spans = text?.spans ?? []
  const { startedAt } = answer
  const lengthMs = Math.max(answer.endedAt ?? now, answer.lastAt) - startedAt
  const chooseAt = (share: number) => {
    const at = startedAt + share * lengthMs
    const chunk = spans.find((span) => span.at >= at) ?? spans.at(-1)
    if (chunk) go(chunk.seq)
  }
  return html`${asked(answer, go)}
    ${answerBarView(answerBar(answer, spans, now), room, chooseAt)}
    <div class="answer-figures">${answerFigures(answer, now).map(
      ({ value, name, look, title }) =>
        html`<div class=${look} title=${title}><b>${value}</b> <span>${name}</span></div>`,
    )}</div>
    <lifeline-answer-text class="answer-text"></lifeline-answer-text>
    ${leftOut(answer, text)}
    <div class="answer-endings">${answerEnds(answer).map((end) => endLine(end, go))}</div>`
}

function asked({ api, model, prompt, requestSeq }: ModelAnswer, go: (seq: number) => void) {
  const who = [protocolName(api), model].filter((part) => part !== null)
  return html`<p class="asked"><span>${who.map((part) => visibleLine(part)).join(' · ')}</span>${
    prompt === null
      ? nothing
      : html`<span class="prompt" title=${visibleLine(prompt)}>“${visibleLine(prompt)}”</span>`
  }${requestSeq === null ? nothing : frameLink(requestSeq, go)}</p>`
}

function leftOut({ spans }: ModelAnswer, text: AnswerText | null): TemplateResult | typeof nothing {
  if (text === null || text.left === 0 || spans === 0) return nothing
  const words =
    text.spans.length === 0
      ? 'Its text is not kept any more: newer answers have taken the room. The frames have it.'
      : `${formatCount(text.left)} more characters have no room here. The frames have them.`
  return html`<p class="about">${words}</p>`
}

function endLine({ look, icon, text, seq }: AnswerEnd, go: (seq: number) => void): TemplateResult {
  return html`<p class=${look}><i class="codicon codicon-${icon}" aria-hidden="true"></i><span>${text}</span>${seq === null ? nothing : frameLink(seq, go)}</p>`
}

function frameLink(seq: number, go: (seq: number) => void): TemplateResult {
  return html`<button type="button" class="link" title="Select the frame" @click=${() => go(seq)}>#${formatCount(seq)}</button>`
}
