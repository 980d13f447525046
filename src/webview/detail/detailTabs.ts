// The tabs of a frame's detail: which it has, and the list of them on the page.

import { html, type TemplateResult } from 'lit'
import { type Frame, hasPayload } from '../../shared/frame/frame.ts'
import type { RowPair } from '../model/manyRows.ts'
import { isComparable } from './comparable.ts'
import { hasWireTab } from './wireView.ts'

export type DetailTab = 'payload' | 'headers' | 'timing' | 'wire' | 'difference'

const tabNames: Readonly<Record<DetailTab, string>> = {
  payload: 'Payload',
  headers: 'Headers',
  timing: 'Timing',
  wire: 'Wire',
  difference: 'Difference',
}

/** `pair`: two rows that are to be compared, whichever the frame is. */
export function tabsOf(frame: Frame, pair: RowPair | null): readonly DetailTab[] {
  const { kind, detail } = frame
  const hasHead = 'headers' in detail && detail.headers !== undefined
  return [
    'payload',
    ...(hasHead ? (['headers'] as const) : []),
    ...(kind === 'response' ? (['timing'] as const) : []),
    ...(hasWireTab(frame) ? (['wire'] as const) : []),
    ...(pair?.every(isComparable) || isComparable({ frame }) ? (['difference'] as const) : []),
  ]
}

/** `choose`: `focus` where the keyboard chose it. */
export function tabList(
  { frame, pair }: { readonly frame: Frame; readonly pair: RowPair | null },
  chosen: DetailTab,
  choose: (tab: DetailTab, focus: boolean) => void,
): TemplateResult {
  const tabs = tabsOf(frame, pair)
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
    const words = name === 'payload' && !hasPayload(frame) ? 'Frame' : tabNames[name]
    return html`<button type="button" role="tab" id="tab-${name}" aria-controls="detail-panel"
      aria-selected=${String(selected)} tabindex=${selected ? 0 : -1}
      @click=${() => choose(name, false)}>${words}</button>`
  })}</div>`
}
