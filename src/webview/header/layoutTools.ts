// The choice between two layouts, and the zoom of the true-to-time one.

import { html, type TemplateResult } from 'lit'
import { withKey } from '../elements/keyHint.ts'
import { toolLabel } from '../elements/toolLabel.ts'

/** Between rows and true to time. */
export function layoutChoice(byTime: boolean, change: () => void): TemplateResult {
  return layoutButtons(
    [
      { icon: 'list-flat', name: 'Rows', title: 'A row for each frame', isOn: !byTime },
      { icon: 'clock', name: 'Time', title: 'Spacing true to time', isOn: byTime },
    ],
    change,
  )
}

export interface LayoutButton {
  readonly icon: string
  readonly name: string
  readonly title: string
  readonly isOn: boolean
}

/** One of two is pressed; a press on the other changes. */
export function layoutButtons(
  [one, other]: readonly [LayoutButton, LayoutButton],
  change: () => void,
): TemplateResult {
  const button = ({ icon, name, title, isOn }: LayoutButton) =>
    html`<button type="button" class="tool" title=${withKey(title, 'timeline.layout')} aria-label=${name}
      aria-pressed=${String(isOn)} @click=${() => !isOn && change()}>${toolLabel(icon, name)}</button>`
  return html`<span class="segments" role="group" aria-label="Layout">
    ${button(one)}${button(other)}
  </span>`
}

/** `10 s a screen − +`. `zoom`: 1 shows less time. */
export function zoomTools(screenMs: number, zoom: (way: 1 | -1) => void): TemplateResult {
  return html`<span class="segments zoom" role="group" aria-label="Zoom">
    <span class="screen" role="status">${screenWords(screenMs)}<span class="rest"> a screen</span></span>
    <button type="button" class="tool" title="Show more time (−)" aria-label="Show more time" @click=${() => zoom(-1)}>−</button><button
      type="button" class="tool" title="Show less time (+)" aria-label="Show less time" @click=${() => zoom(1)}>+</button>
  </span>`
}

/** `200 ms`, `10 s`, `1 min`, `1 h`. */
export function screenWords(ms: number): string {
  if (ms < 1000) return `${ms} ms`
  if (ms < 60_000) return `${ms / 1000} s`
  return ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`
}
