// The heads of the lanes: name, one fact, and the boxes of client and server over their lifelines.

import { lifelinesOf } from '../../shared/endpoint/lifelines.ts'
import { plainMethod } from '../../shared/endpoint/methods.ts'
import { stateWord } from '../../shared/session/sessionState.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { makeElement } from '../elements/makeElement.ts'
import { stateClass } from '../header/sessionFacts.ts'
import { laneFact } from './laneFacts.ts'
import type { LaneState } from './laneState.ts'
import type { LanesLayout } from './lanesLayout.ts'

export interface LaneHeads {
  readonly root: HTMLElement
  paint(lanes: readonly LaneState[], layout: LanesLayout, active: number): void
}

interface Head {
  /** Holds the name and the fact. */
  readonly line: HTMLElement
  readonly name: HTMLButtonElement
  readonly state: HTMLElement
  readonly word: HTMLElement
  readonly fact: HTMLElement
  readonly client: HTMLElement
  readonly server: HTMLElement
}

/** `choose`: the lane of that number is to have the keyboard. */
export function createLaneHeads(choose: (index: number) => void): LaneHeads {
  const root = makeElement('div', 'lane-heads')
  const heads: Head[] = []

  function grow(count: number): void {
    for (const { line, client, server } of heads.splice(count))
      for (const part of [line, client, server]) part.remove()
    for (let index = heads.length; index < count; index++) {
      const head = makeHead(() => choose(index))
      heads.push(head)
      root.append(head.line, head.client, head.server)
    }
  }

  return {
    root,
    paint(lanes, layout, active) {
      grow(lanes.length)
      root.classList.toggle('alone', lanes.length === 1)
      root.classList.toggle('narrow', layout.isNarrow)
      setPx(root, 'width', layout.widthPx)
      lanes.forEach((lane, index) => {
        const head = heads[index]
        const place = layout.lanes[index]
        if (!head || !place) return
        paintWords(head, lane, lanes.length > 1 && index === active)
        const { clientPx, serverPx, leftPx, widthPx } = place
        const endPx = leftPx + widthPx
        setPx(head.line, 'left', clientPx - 6)
        setPx(head.line, 'width', endPx - clientPx + 4)
        setPx(head.fact, 'margin-right', endPx - serverPx - 2)
        setPx(head.client, 'left', clientPx)
        setPx(head.server, 'left', serverPx)
      })
    },
  }
}

function makeHead(choose: () => void): Head {
  const name = makeElement('button', 'lane-name')
  const state = makeElement('span', 'state')
  const word = makeElement('span', 'lane-title')
  state.append(makeElement('i', 'dot'))
  name.type = 'button'
  name.append(state, word)
  name.addEventListener('click', choose)
  const client = makeElement('div', 'lane-box client')
  const server = makeElement('div', 'lane-box server')
  server.textContent = 'Server'
  const line = makeElement('div', 'lane-line')
  const fact = makeElement('span', 'lane-fact')
  line.append(name, fact)
  return { line, name, state, word, fact, client, server }
}

/** What stays is not touched: to write it would lay the page out. */
function paintWords(head: Head, { lane, scene }: LaneState, isActive: boolean): void {
  const { session, status } = lane.model
  setText(head.word, session ? visibleLine(session.name) : '')
  setText(head.fact, laneFact(status, scene))
  const { method = plainMethod } = status ?? {}
  setText(head.client, lifelinesOf({ method, url: session?.url ?? '' }).client)
  const word = session ? stateWord(session) : ''
  const title = session
    ? `${visibleLine(session.name)} · ${word} · ${visibleLine(session.url)}`
    : ''
  if (head.name.title !== title) head.name.title = title
  const className = `state ${session ? stateClass(session) : ''}`
  if (head.state.className !== className) head.state.className = className
  const pressed = String(isActive)
  if (head.name.ariaPressed !== pressed) head.name.ariaPressed = pressed
}

function setText(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text
}

function setPx(element: HTMLElement, property: string, px: number): void {
  const value = `${Math.round(px)}px`
  if (element.style.getPropertyValue(property) !== value) element.style.setProperty(property, value)
}
