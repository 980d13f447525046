// The Headers tab of an HTTP frame: its head as it crossed the wire, a field a row.

import { html, nothing, type TemplateResult } from 'lit'
import type { Frame } from '../../../shared/frame/frame.ts'
import type { FieldChange } from '../../../shared/frame/httpDetail.ts'
import { shownLimits } from '../../../shared/limits.ts'
import type { NamedValues } from '../../../shared/text/namedValues.ts'
import { visibleLine } from '../../../shared/text/visibleText.ts'

/** No pairs for a frame that has no head. */
function headersOf(frame: Frame): NamedValues {
  if (frame.kind === 'record') return frame.detail.headers ?? []
  return frame.kind === 'request' || frame.kind === 'response' ? frame.detail.headers : []
}

/** None where nothing passed a tap. */
function changesOf(frame: Frame): readonly FieldChange[] {
  const isHead = frame.kind === 'request' || frame.kind === 'response'
  return isHead ? (frame.detail.changes ?? []) : []
}

/** The whole head as text, to be copied. */
export function headText(frame: Frame): string {
  const lines = headersOf(frame).map(fieldText)
  const start = startLine(frame)
  return [...(start === '' ? [] : [start]), ...lines].join('\n')
}

function fieldText([name, value]: NamedValues[number]): string {
  return `${name}: ${value}`
}

/** `copy` is given what one row says. */
export function headersView(frame: Frame, copy: (text: string) => void): TemplateResult {
  const trailers = frame.kind === 'response' ? (frame.detail.trailers ?? []) : []
  return html`${startLine(frame) === '' ? nothing : html`<p class="start-line">${visibleValue(startLine(frame))}</p>`}
    ${headerTable(headersOf(frame), 'Headers', copy)}
    ${changesView(frame)}
    ${trailers.length > 0 ? html`<h2>Trailers</h2>${headerTable(trailers, 'Trailers', copy)}` : nothing}`
}

/** What a tap has changed on the way: each field with what came and what went on. */
function changesView(frame: Frame): TemplateResult | typeof nothing {
  const changes = changesOf(frame)
  if (changes.length === 0) return nothing
  return html`<h2>Changed on the way</h2><table class="headers changes" aria-label="Changed on the way">
    <thead class="sr"><tr><th scope="col">Name</th><th scope="col">From</th><th scope="col">To</th></tr></thead>
    <tbody>${changes.map(
      ({ name, from, to }) =>
        html`<tr><th scope="row"><span>${visibleValue(name)}</span></th>
        <td>${from === null ? html`<i>not there</i>` : visibleValue(from)}</td>
        <td class="to">${to === null ? html`<i>left out</i>` : visibleValue(to)}</td></tr>`,
    )}</tbody></table>`
}

function headerTable(
  headers: NamedValues,
  label: string,
  copy: (text: string) => void,
): TemplateResult {
  if (headers.length === 0) return html`<p class="sentence none">None were sent.</p>`
  return html`<table class="headers" aria-label=${label}>
    <thead class="sr"><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col">Copy</th></tr></thead>
    <tbody>${headers.map((pair) => {
      const [name, value] = pair.map(visibleValue)
      return html`<tr><th scope="row"><span>${name}</span></th><td>${value}</td><td class="copy"><button type="button" class="icon"
        title="Copy this header" aria-label="Copy ${visibleLine(pair[0], labelChars)}" @click=${() => copy(fieldText(pair))}><i class="codicon codicon-copy" aria-hidden="true"></i></button></td></tr>`
    })}</tbody></table>`
}

/** Of a name in that of a button. */
const labelChars = 100

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
