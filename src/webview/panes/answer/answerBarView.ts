// The bar of an answer on the page: a strip with chunks and stalls, and words below it where they have room.

import { html, type TemplateResult } from 'lit'
import { type AnswerBar, type BarSpan, placedLabels } from './answerBar.ts'

export interface BarRoom {
  readonly widthPx: number
  /** Of a letter of the labels. */
  readonly charPx: number
}

/** `choose` gets the share of the bar that is clicked. */
export function answerBarView(
  bar: AnswerBar,
  { widthPx, charPx }: BarRoom,
  choose: (share: number) => void,
): TemplateResult {
  const press = (event: MouseEvent) => {
    const { left, width } = (event.currentTarget as HTMLElement).getBoundingClientRect()
    choose((event.clientX - left) / width)
  }
  return html`<div class="answer-bar">
    <div class="track" role="img" aria-label=${bar.words} title=${bar.words} @click=${press}>
      ${piece('waits', bar.waits)}${piece('begins', bar.begins)}
      ${bar.stalls.map((stall) => piece('stall', stall))}${bar.chunks.map((chunk) => piece('chunk', chunk))}
    </div>
    <div class="bar-labels" aria-hidden="true">${placedLabels(bar.labels, widthPx, charPx).map(
      ({ text, look, leftPx }) =>
        html`<span class=${look} .style=${`left: ${leftPx}px`}>${text}</span>`,
    )}</div>
  </div>`
}

function piece(name: string, { from, to }: BarSpan): TemplateResult {
  const place = `left: ${percent(from)}; width: ${percent(to - from)}`
  return html`<i class=${name} .style=${place}></i>`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(3)}%`
}
