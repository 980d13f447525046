// Buttons that are an icon: the small ones in and beside a box.

import { html, nothing, type TemplateResult } from 'lit'

export interface IconButton {
  readonly icon: string
  readonly name: string
  readonly press: () => unknown
  /** It is there and does nothing now. */
  readonly idle?: boolean
}

export function iconButton({ icon, name, press, idle = false }: IconButton): TemplateResult {
  return html`<button type="button" class="icon ${icon}" title=${name} aria-label=${name}
    aria-disabled=${idle ? 'true' : nothing} @click=${() => !idle && press()}>
    <i class="codicon codicon-${icon}" aria-hidden="true"></i></button>`
}

export interface SearchButton {
  readonly isSlow: boolean
  readonly isStopped: boolean
  readonly stop: () => unknown
  readonly goOn: () => unknown
  readonly names?: { readonly stop: string; readonly goOn: string }
}

const searchNames = {
  stop: 'Stop the search; what was found stays (Escape)',
  goOn: 'Search on',
}

/** Of a search through frames all of which count. */
export const readingNames = {
  stop: 'Stop reading; what was read stays (Escape)',
  goOn: 'Read on',
}

/** Stops a search that takes long, or has one that was stopped go on; nothing where it is neither. */
export function searchButton({
  isSlow,
  isStopped,
  stop,
  goOn,
  names = searchNames,
}: SearchButton): TemplateResult | typeof nothing {
  if (isStopped) return iconButton({ icon: 'debug-continue', name: names.goOn, press: goOn })
  return isSlow ? iconButton({ icon: 'debug-stop', name: names.stop, press: stop }) : nothing
}
