// The method that a comparison recommends, with what it would cost for so many viewers, and two questions.

import { html, type TemplateResult } from 'lit'
import { type AdviceText, adviceText } from '../../../shared/advice/adviceText.ts'
import { assumptionRows, leftOut } from '../../../shared/advice/assumptionRows.ts'
import { needsOf } from '../../../shared/advice/comparisonAdvice.ts'
import { methodCosts } from '../../../shared/advice/methodCosts.ts'
import type { Needs, SaidNeeds } from '../../../shared/advice/needs.ts'
import { readAge, readViewers } from '../../../shared/advice/readNeeds.ts'
import { ageWords } from '../../../shared/advice/words.ts'
import type { Comparison } from '../../../shared/comparison/comparison.ts'
import { allMethods, methods } from '../../../shared/endpoint/methods.ts'
import { formatCount, formatRate, formatSize } from '../../../shared/text/units.ts'

export interface AdviceForm {
  readonly said: SaidNeeds
  say(said: SaidNeeds): void
}

export function adviceView(comparison: Comparison, form: AdviceForm): TemplateResult {
  const needs = needsOf(comparison, form.said)
  return html`<aside class="advised" aria-label="Which method">${
    needs === null
      ? html`<h3>Which method?</h3><p class="about">The advice comes with the first items.</p>`
      : html`${sentences(adviceText(needs))}${questions(needs, form)}${costs(needs)}`
  }</aside>`
}

function sentences({ headline, about, reasons, others, interval }: AdviceText): TemplateResult {
  return html`<h3>${headline}</h3>
    <p class="about">${about}</p>
    <ul>${reasons.map((reason) => html`<li>${reason}</li>`)}</ul>
    ${others.map(({ name, when }) => html`<p><b>${name}, when</b> ${when}</p>`)}
    <p>${interval}</p>`
}

function questions(needs: Needs, { said, say }: AdviceForm): TemplateResult {
  return html`<div class="questions">
    ${question('How old may data be?', ageWords(needs.maxAgeMs), (text) => {
      const maxAgeMs = readAge(text)
      if (maxAgeMs !== null) say({ ...said, maxAgeMs })
      return maxAgeMs !== null
    })}
    ${question('How many viewers?', formatCount(needs.viewers), (text) => {
      const count = readViewers(text)
      if (count !== null) say({ ...said, viewers: count })
      return count !== null
    })}
  </div>`
}

/** `take`: answers whether it could be read. */
function question(label: string, value: string, take: (text: string) => boolean): TemplateResult {
  const change = ({ currentTarget: box }: Event) => {
    if (!(box instanceof HTMLInputElement)) return
    box.ariaInvalid = take(box.value) ? null : 'true'
  }
  return html`<label>${label}<input type="text" spellcheck="false" autocomplete="off" .value=${value} @change=${change}></label>`
}

function costs(needs: Needs): TemplateResult {
  const all = methodCosts(needs)
  const { viewers } = needs
  return html`<table class="costs" aria-label="What each method costs the server">
    <thead><tr><th scope="col">${viewers === 1 ? 'For 1 viewer' : `For ${formatCount(viewers)} viewers`}</th><th scope="col">Requests</th><th scope="col">Bytes</th><th scope="col">Open</th></tr></thead>
    <tbody>${allMethods.map((method) => {
      const { requestsPerSecond, bytesPerSecond, openConnections } = all[method]
      return html`<tr><th scope="row">${methods[method].label}</th><td>${formatRate(requestsPerSecond)}</td><td>${formatSize(bytesPerSecond)}/s</td><td>${formatCount(openConnections)}</td></tr>`
    })}</tbody>
  </table>
  <details class="about"><summary>Assumptions</summary>
    <dl>${assumptionRows({}).map(({ name, value }) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
    <p>${leftOut}</p>
  </details>`
}
