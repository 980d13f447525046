// The Timing tab of an answer: the phases of its exchange as one bar, with the time that each took.

import { html, nothing, type TemplateResult } from 'lit'
import type { FrameOf } from '../../../shared/frame/frame.ts'
import { shownLimits } from '../../../shared/limits.ts'
import { formatDelay } from '../../../shared/text/units.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'
import { timingBars } from './timingBars.ts'

/** Its parts have no size until `sizeTimingBar` is called. */
export function timingView({ detail }: FrameOf<'response'>): TemplateResult {
  const { timings, reused, remoteAddress, holdMs } = detail
  const bars = timingBars(timings)
  const phases = bars.filter(({ name }) => name !== 'Total')
  return html`<div class="timing">
      ${
        phases.length === 0
          ? html`<p class="sentence">No times were recorded.</p>`
          : html`<div class="phase-bar" aria-hidden="true">${phases.map(
              ({ name, ms, start, share }) =>
                html`<i class="fill ${name.toLowerCase()}" data-start=${start} data-share=${share} title="${name} ${formatDelay(ms)}"></i>`,
            )}</div>`
      }
      <table class="phases" aria-label="Phases">
        <thead class="sr"><tr><th scope="col">Phase</th><th scope="col">Time</th><th scope="col">Share</th></tr></thead>
        <tbody>${bars.map(({ name, ms, share }) => {
          const isTotal = name === 'Total'
          return html`<tr class="phase ${name.toLowerCase()}"><th scope="row"><i class="swatch" aria-hidden="true"></i>${name}</th>
          <td class="ms">${formatDelay(ms)}</td><td class="share">${isTotal ? '' : `${Math.round(share * 100)} %`}</td></tr>`
        })}</tbody>
      </table>
    </div>
    <dl class="facts">
      ${holdMs === undefined ? nothing : html`<dt>Held</dt><dd>${formatDelay(holdMs)}</dd>`}
      <dt>Connection</dt><dd>${reused ? 'reused' : 'new'}</dd>
      ${remoteAddress === undefined ? nothing : html`<dt>Server</dt><dd>${visibleLine(remoteAddress, shownLimits.valueChars)}</dd>`}
    </dl>`
}

/** Sets where the parts of the bar begin and end through CSSOM: the page's policy allows no style attributes. */
export function sizeTimingBar(root: ParentNode): void {
  for (const bar of root.querySelectorAll<HTMLElement>('.phase-bar .fill')) {
    bar.style.left = `${Number(bar.dataset.start) * 100}%`
    bar.style.width = `${Number(bar.dataset.share) * 100}%`
  }
}
