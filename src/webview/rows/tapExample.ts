// The example below the empty sentence of a tap: a command that goes through it, with a button to copy it.

import { shellWord } from '../../shared/endpoint/shellWord.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { makeElement } from '../elements/makeElement.ts'
import type { TimelineModel } from '../model/timelineModel.ts'

/** So long it says that it was copied. */
const copiedMs = 2000

export interface TapExample {
  readonly root: HTMLElement
  paint(model: TimelineModel): void
}

export function createTapExample(): TapExample {
  const root = makeElement('div', 'tap-example')
  const code = makeElement('code', '')
  const copy = makeElement('button', 'link')
  copy.type = 'button'
  copy.textContent = 'Copy'
  root.append(code, copy)
  root.hidden = true
  let command: string | null = null
  let shown: TimelineModel | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  copy.addEventListener('click', async () => {
    if (command === null || !(await shown?.actions.copy(command))) return
    copy.textContent = 'Copied'
    clearTimeout(timer)
    timer = setTimeout(() => {
      copy.textContent = 'Copy'
    }, copiedMs)
  })

  return {
    root,
    paint(model) {
      shown = model
      const next = isQuiet(model) ? exampleOf(model.status?.listening ?? null) : null
      if (next === command) return
      command = next
      root.hidden = next === null
      code.textContent = next === null ? '' : visibleLine(next)
      copy.ariaLabel = next === null ? '' : `Copy ${code.textContent}`
    },
  }
}

/** Nothing has passed yet. */
function isQuiet({ status, shown }: TimelineModel): boolean {
  return status?.frames === 0 && shown.filter.text === ''
}

/** Null for a WebSocket: no command for it is on every machine. */
function exampleOf(address: string | null): string | null {
  return address !== null && /^https?:/i.test(address) ? `curl ${shellWord(address)}` : null
}
