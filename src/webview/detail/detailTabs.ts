// The tabs of a frame's detail: which it has, and the list of them on the page.

import { html, type TemplateResult } from 'lit'
import type { Frame } from '../../shared/frame/frame.ts'
import { hasWireTab } from './wireView.ts'

export type DetailTab = 'payload' | 'headers' | 'timing' | 'wire' | 'difference'

const tabNames: Readonly<Record<DetailTab, string>> = {
  payload: 'Payload',
  headers: 'Headers',
  timing: 'Timing',
  wire: 'Wire',
  difference: 'Difference',
}

export function tabsOf(frame: Frame): readonly DetailTab[] {
  const { kind, detail, sizeBytes } = frame
  const hasHead = 'headers' in detail && detail.headers !== undefined
  return [
    'payload',
    ...(hasHead ? (['headers'] as const) : []),
    ...(kind === 'response' ? (['timing'] as const) : []),
    ...(hasWireTab(frame) ? (['wire'] as const) : []),
    ...(sizeBytes > 0 && comparable.has(kind) ? (['difference'] as const) : []),
  ]
}

/** Kinds that carry data. */
const comparable: ReadonlySet<Frame['kind']> = new Set([
  'message',
  'event',
  'record',
  'request',
  'response',
])

/** `choose`: `focus` where the keyboard chose it. */
export function tabList(
  frame: Frame,
  chosen: DetailTab,
  choose: (tab: DetailTab, focus: boolean) => void,
): TemplateResult {
  const tabs = tabsOf(frame)
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0
    const ends = { Home: tabs[0], End: tabs.at(-1) }[event.key]
    const next = ends ?? tabs[(tabs.indexOf(chosen) + step + tabs.length) % tabs.length]
    if ((step === 0 && !ends) || !next) return
    event.preventDefault()
    choose(next, true)
  }
  return html`<div role="tablist" aria-label="Detail" @keydown=${handleKey}>${tabs.map((name) => {
    const selected = name === chosen
    const words = name === 'payload' && frame.sizeBytes === 0 ? 'Frame' : tabNames[name]
    return html`<button type="button" role="tab" id="tab-${name}" aria-controls="detail-panel"
      aria-selected=${String(selected)} tabindex=${selected ? 0 : -1}
      @click=${() => choose(name, false)}>${words}</button>`
  })}</div>`
}
