// Signs of sessions that are listed together: a shape and a colour for each, so that none is told by its colour alone.

import { makeElement } from '../../elements/makeElement.ts'

const shapes = ['●', '■', '▲', '◆'] as const

/** More than four begin anew. */
export function laneSign(lane: number): string {
  return shapes[lane % shapes.length] as string
}

/** The class that has its colour. */
export function laneInk(lane: number): string {
  return `lane-ink-${lane % shapes.length}`
}

/** The sign and the name behind it. */
export interface SessionCell {
  readonly root: HTMLElement
  paint(lane: number, name: string): void
}

export function createSessionCell(): SessionCell {
  const root = makeElement('span', 'session')
  root.setAttribute('role', 'gridcell')
  const sign = makeElement('i', 'sign')
  sign.ariaHidden = 'true'
  const word = makeElement('span', 'name')
  root.append(sign, word)
  return {
    root,
    paint(lane, name) {
      sign.className = `sign ${laneInk(lane)}`
      sign.textContent = laneSign(lane)
      word.textContent = name
      root.title = name
    },
  }
}
