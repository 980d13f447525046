// The elements of the strip.

import { makeElement } from '../elements/makeElement.ts'

export interface StripElements {
  readonly all: readonly HTMLElement[]
  /** The slider: all that has times. */
  readonly track: HTMLElement
  readonly canvas: HTMLCanvasElement
  /** The frame around the part that the rows show. */
  readonly view: HTMLElement
  readonly cursor: HTMLElement
  /** The span that is selected. */
  readonly span: HTMLElement
  /** The button that tells, and changes, what the bars count. */
  readonly unit: HTMLButtonElement
  readonly matchesWord: HTMLElement
  /** What is drawn, for those who do not see it. */
  readonly words: HTMLElement
}

export function createStripElements(): StripElements {
  const side = makeElement('div', 'side')
  const unit = makeElement('button', 'unit')
  unit.type = 'button'
  unit.title = 'The bars count frames or bytes: what came above, what was sent below'
  unit.ariaDescription = 'What the bars of the overview count'
  const matchesWord = makeElement('span', 'matches')
  matchesWord.textContent = 'matches'
  side.append(unit, matchesWord)

  const track = makeElement('div', 'track')
  track.tabIndex = 0
  track.role = 'slider'
  track.ariaLabel = 'Overview of the session'
  // Until there are times.
  track.ariaValueNow = '0'
  track.ariaValueText = 'No frames'
  const canvas = makeElement('canvas', '')
  canvas.ariaHidden = 'true'
  const view = makeElement('div', 'view')
  const cursor = makeElement('div', 'cursor')
  const span = makeElement('div', 'span')
  view.hidden = true
  cursor.hidden = true
  span.hidden = true
  track.append(canvas, span, view, cursor)

  const words = makeElement('span', 'sr')
  words.id = 'overview-words'
  track.setAttribute('aria-describedby', words.id)
  return { all: [side, track, words], track, canvas, view, cursor, span, unit, matchesWord, words }
}
