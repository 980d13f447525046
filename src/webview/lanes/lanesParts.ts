// The elements of the lanes: heads over one canvas that has the keyboard, and the way to the newest frame.

import { codicon } from '../elements/codicon.ts'
import { makeElement } from '../elements/makeElement.ts'

export interface LanesParts {
  readonly all: readonly HTMLElement[]
  /** Scrolls sideways where lanes would be too narrow. */
  readonly sideways: HTMLElement
  /** Has the focus, and is as high as what is drawn. */
  readonly viewport: HTMLElement
  readonly canvas: HTMLCanvasElement
  /** Leads to the newest frame. */
  readonly jump: HTMLButtonElement
  /** Says where there is nothing. */
  readonly empty: HTMLElement
  /** What a screen reader hears of the selected frame. */
  tell(name: string, label: string | null): void
}

let count = 0

export function createLanesParts(heads: HTMLElement): LanesParts {
  const sideways = makeElement('div', 'lanes-sideways')
  const viewport = makeElement('div', 'lanes-viewport')
  const canvas = document.createElement('canvas')
  canvas.ariaHidden = 'true'
  const option = makeElement('div', 'sr')
  option.id = `lanes-active-${++count}`
  option.role = 'option'
  option.ariaSelected = 'true'
  viewport.tabIndex = 0
  viewport.role = 'listbox'
  viewport.append(canvas)
  sideways.append(heads, viewport)
  const jump = makeElement('button', 'lanes-jump')
  jump.type = 'button'
  jump.hidden = true
  jump.append(codicon('arrow-down'), 'Jump to newest')
  const empty = makeElement('p', 'lanes-empty')
  return {
    all: [sideways, jump, empty],
    ...{ sideways, viewport, canvas, jump, empty },
    tell(name, label) {
      const title = `Frames by time: ${name}`
      if (viewport.ariaLabel !== title) viewport.ariaLabel = title
      if (label === null) {
        viewport.removeAttribute('aria-activedescendant')
        option.remove()
        return
      }
      if (option.textContent !== label) option.textContent = label
      if (option.isConnected) return
      viewport.append(option)
      viewport.setAttribute('aria-activedescendant', option.id)
    },
  }
}
