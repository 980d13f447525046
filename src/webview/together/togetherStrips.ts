// The strips above several sessions: what went wrong with each, that the view is paused, what was cleared away.

import { html, nothing, type TemplateResult } from 'lit'
import '../detail/failureView.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import { hostStrip, newFrames, strip } from '../page/strips.ts'
import type { TogetherModel } from './togetherModel.ts'

/**
 * What many have to tell takes a part of the page, and the rest of it scrolls. Each has its own place, so that the keyboard's is not taken over by another when one goes. */
export function togetherStrips(model: TogetherModel): TemplateResult {
  const silent = model.models.find(({ hostSilentSince }) => hostSilentSince !== null)
  return html`${silent ? hostStrip(silent) : nothing}
    <div class="strips">${model.models.map(problemStrip)}${model.models.map(failureStrip)}</div>
    ${pauseStrip(model)}${clearedStrip(model)}`
}

function problemStrip(model: TimelineModel): TemplateResult | typeof nothing {
  const { problem, session } = model
  if (problem === null) return nothing
  return strip({
    icon: 'error',
    text: session ? `${session.name}: ${problem}` : problem,
    action: 'Dismiss',
    run: () => model.dismissProblem(),
    offers: model.problemOffers,
  })
}

function failureStrip(model: TimelineModel): TemplateResult | typeof nothing {
  const { failure, session } = model
  if (!failure || !session) return nothing
  return html`<div class="strip ${failure.passing === null ? failure.tone : 'passing'}" role=${failure.passing === null ? 'alert' : 'note'}>
    <i class="codicon codicon-${failure.tone}" aria-hidden="true"></i><span>${visibleLine(`${session.name}: ${failure.sentence}`)}</span>
    <lifeline-failure .model=${model} .failure=${failure} .bare=${true}></lifeline-failure>
  </div>`
}

function pauseStrip(model: TogetherModel): TemplateResult | typeof nothing {
  if (!model.isPaused) return nothing
  return strip({
    icon: 'debug-pause',
    name: 'Paused',
    text: `Paused. ${newFrames(model.newFrames)} Recording goes on.`,
    action: 'Resume',
    run: () => model.setPaused(false),
  })
}

function clearedStrip(model: TogetherModel): TemplateResult | typeof nothing {
  if (!model.isCleared) return nothing
  return strip({
    icon: 'eye-closed',
    name: 'Cleared',
    text: 'What came before is cleared away.',
    action: 'Show all',
    run: () => model.showAll(),
  })
}
