// The Headers and Timing tabs of an HTTP frame: its head as it crossed the wire, its phases as bars.

import { html, nothing, type TemplateResult } from 'lit'
import type { Frame } from '../../shared/frame/frame.ts'
import { shownLimits } from '../../shared/limits.ts'
import type { NamedValues } from '../../shared/text/namedValues.ts'
import { formatDelay } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { timingBars } from './timingBars.ts'

/** No pairs for a frame that has no head. */
function headersOf(frame: Frame): NamedValues {
  if (frame.kind === 'record') return frame.detail.headers ?? []
  return frame.kind === 'request' || frame.kind === 'response' ? frame.detail.headers : []
}

/** The whole head as text, to be copied. */
export function headText(frame: Frame): string {
  const lines = headersOf(frame).map(([name, value]) => `${name}: ${value}`)
  const start = startLine(frame)
  return [...(start === '' ? [] : [start]), ...lines].join('\n')
}

export function headersView(frame: Frame): TemplateResult {
  const trailers = frame.kind === 'response' ? (frame.detail.trailers ?? []) : []
  return html`${startLine(frame) === '' ? nothing : html`<p class="start-line">${visibleValue(startLine(frame))}</p>`}
    ${headerTable(headersOf(frame), 'Headers')}
    ${trailers.length > 0 ? html`<h2>Trailers</h2>${headerTable(trailers, 'Trailers')}` : nothing}`
}

function headerTable(headers: NamedValues, label: string): TemplateResult {
  if (headers.length === 0) return html`<p class="sentence">None were sent.</p>`
  return html`<dl class="headers" aria-label=${label}>${headers.map(
    ([name, value]) => html`<dt>${visibleValue(name)}</dt><dd>${visibleValue(value)}</dd>`,
  )}</dl>`
}

function visibleValue(text: string): string {
  return visibleLine(text, shownLimits.valueChars)
}

/** The first line of the head, as it crossed the wire; HTTP/2 has none, and is written as others write it. */
function startLine(frame: Frame): string {
  if (frame.kind === 'request') {
    const { method, target, httpVersion } = frame.detail
    return `${method} ${target} HTTP/${httpVersion}`
  }
  if (frame.kind === 'response') {
    const { status, statusText, httpVersion } = frame.detail
    return `HTTP/${httpVersion} ${status} ${statusText}`.trimEnd()
  }
  return ''
}

/** Its bars have no size until `sizeTimingBars` is called. */
export function timingView(frame: Frame): TemplateResult | typeof nothing {
  if (frame.kind !== 'response') return nothing
  const { timings, reused, remoteAddress, holdMs } = frame.detail
  const bars = timingBars(timings)
  return html`<div class="timing">
      ${bars.map(
        ({ name, ms, start, share }) => html`<div class="phase ${name.toLowerCase()}">
          <span class="name">${name}</span>
          <span class="track"><i class="fill" data-start=${start} data-share=${share}></i></span>
          <span class="ms">${formatDelay(ms)}</span></div>`,
      )}
      ${bars.length === 0 ? html`<p class="sentence">No times were recorded.</p>` : nothing}
    </div>
    <dl class="facts">
      ${holdMs === undefined ? nothing : html`<dt>Held</dt><dd>${formatDelay(holdMs)}</dd>`}
      <dt>Connection</dt><dd>${reused ? 'reused' : 'new'}</dd>
      ${remoteAddress === undefined ? nothing : html`<dt>Server</dt><dd>${visibleValue(remoteAddress)}</dd>`}
    </dl>`
}

/** Sets where bars begin and end through CSSOM: the page's policy allows no style attributes. */
export function sizeTimingBars(root: ParentNode): void {
  for (const bar of root.querySelectorAll<HTMLElement>('.timing .fill')) {
    bar.style.marginLeft = `${Number(bar.dataset.start) * 100}%`
    bar.style.width = `${Number(bar.dataset.share) * 100}%`
  }
}
