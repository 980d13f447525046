// The advice in a tap through which nothing has passed: a sentence, and a command that goes through it, to be copied.

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
  const sentence = makeElement('p', 'todo')
  const code = makeElement('code', '')
  const copy = makeElement('button', 'link')
  copy.type = 'button'
  copy.textContent = 'Copy'
  root.append(sentence, code, copy)
  root.hidden = true
  let address: string | null = null
  let shown: TimelineModel | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  copy.addEventListener('click', async () => {
    if (address === null || !(await shown?.actions.copy(exampleOf(address)))) return
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
      const next = isQuiet(model) ? (model.status?.listening ?? null) : null
      if (next === address) return
      address = next
      root.hidden = next === null
      if (next === null) return
      const command = isHttp(next) ? visibleLine(exampleOf(next)) : ''
      code.hidden = copy.hidden = command === ''
      const place = visibleLine(next)
      sentence.textContent = `Nothing has passed yet. Point your program to ${place}${command === '' ? '.' : ', or try it here:'}`
      code.textContent = command
      copy.ariaLabel = `Copy ${command}`
    },
  }
}

/** Nothing has passed yet, and no filter says why nothing is there. */
function isQuiet({ status, shown }: TimelineModel): boolean {
  const { framesIn = 0, framesOut = 0 } = status?.statistics ?? {}
  return framesIn + framesOut === 0 && shown.filter.text === ''
}

/** No command for a WebSocket is on every machine. */
function isHttp(address: string): boolean {
  return /^https?:/i.test(address)
}

function exampleOf(address: string): string {
  return `curl ${shellWord(address)}`
}
