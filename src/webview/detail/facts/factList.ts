// Facts as a list of names and values; a value that leads to a frame is a button.

import { html, type TemplateResult } from 'lit'
import { shownLimits } from '../../../shared/limits.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import type { Fact } from './fact.ts'

/** `words`: what is said behind a value that leads to a frame. */
export function factList(
  facts: readonly Fact[],
  goTo: (seq: number) => void,
  words: (seq: number) => string = () => '',
): TemplateResult {
  return html`<dl class="facts">${facts.map(({ name, value, seq, tone }) => {
    const text = visibleLine(value, shownLimits.valueChars)
    return html`<dt>${name}</dt><dd class=${tone ?? ''}>${
      seq === undefined
        ? text
        : html`<button type="button" class="link" @click=${() => goTo(seq)}>${text}${words(seq)}</button>`
    }</dd>`
  })}</dl>`
}
