// The strips above the rows: what went wrong, that the view is paused, what was cleared away.

import { html, nothing, type TemplateResult } from 'lit'
import { formatClock, formatCount } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { Offer } from '../model/callProblem.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

export interface Strip {
  readonly icon: string
  /** Of the part of the page that it is; absent where it is an alert. */
  readonly name?: string
  readonly text: string
  readonly action: string
  readonly run: () => void
  /** Before its own action. */
  readonly offers?: readonly Offer[]
}

/** Each has its own place, so that the keyboard's is not taken over by another when one goes. */
export function strips(model: TimelineModel): TemplateResult {
  return html`${hostStrip(model)}${problemStrip(model)}${pauseStrip(model)}${clearedStrip(model)}`
}

/** The extension host answers no more. */
export function hostStrip({ hostSilentSince }: TimelineModel): TemplateResult | typeof nothing {
  if (hostSilentSince === null) return nothing
  return html`<div class="strip error" role="alert">
    <i class="codicon codicon-debug-disconnect" aria-hidden="true"></i><span>The extension host does not answer since ${formatClock(hostSilentSince)}.
    What is shown is as it was then. Run “Developer: Restart Extension Host” where it does not come back.</span></div>`
}

function problemStrip(model: TimelineModel): TemplateResult | typeof nothing {
  if (model.problem === null) return nothing
  return strip({
    icon: 'error',
    text: model.problem,
    action: 'Dismiss',
    run: () => model.dismissProblem(),
    offers: model.problemOffers,
  })
}

function pauseStrip({ shown }: TimelineModel): TemplateResult | typeof nothing {
  if (shown.pausedSeq === null) return nothing
  return strip({
    icon: 'debug-pause',
    name: 'Paused',
    text: `Paused at frame #${formatCount(shown.pausedSeq)}. ${newFrames(shown.newRows)} Recording goes on.`,
    action: 'Resume',
    run: () => shown.setPaused(false),
  })
}

function clearedStrip({ shown }: TimelineModel): TemplateResult | typeof nothing {
  const { afterSeq } = shown.filter
  if (afterSeq === 0) return nothing
  return strip({
    icon: 'eye-closed',
    name: 'Cleared',
    text: `Frames up to #${formatCount(afterSeq)} are cleared away.`,
    action: 'Show all',
    run: () => shown.showAll(),
  })
}

export function strip({ icon, name, text, action, run, offers = [] }: Strip): TemplateResult {
  const role = name === undefined ? 'alert' : 'region'
  return html`<div class="strip ${icon}" role=${role} aria-label=${name ?? nothing}>
    <i class="codicon codicon-${icon}" aria-hidden="true"></i><span>${visibleLine(text)}</span>
    ${offers.map((offer) => html`<button type="button" class="link" @click=${offer.run}>${offer.name}</button>`)}
    <button type="button" class="link" @click=${run}>${action}</button>
  </div>`
}

/** In a sentence. */
export function newFrames(count: number): string {
  if (count === 0) return 'No new frames.'
  return count === 1 ? '1 new frame.' : `${formatCount(count)} new frames.`
}
