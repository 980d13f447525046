// A tiny graph of a run's rate: a bar for each bin of time, drawn as one path.

import { makeElement } from '../elements/makeElement.ts'
import { barPx, heightPx, ratePath } from './ratePath.ts'

const namespace = 'http://www.w3.org/2000/svg'

export interface RateGraph {
  readonly root: HTMLElement
  /** Null draws nothing. */
  paint(counts: readonly number[] | null): void
}

/** Its words are the row's: screen readers pass it over. */
export function createRateGraph(): RateGraph {
  const root = makeElement('span', 'rate')
  root.ariaHidden = 'true'
  root.hidden = true
  const graph = document.createElementNS(namespace, 'svg')
  const path = document.createElementNS(namespace, 'path')
  graph.append(path)
  root.append(graph)
  let drawn = ''
  return {
    root,
    paint(counts) {
      const shape = counts === null ? '' : ratePath(counts)
      if (shape === drawn) return
      drawn = shape
      root.hidden = shape === ''
      path.setAttribute('d', shape)
      if (counts === null) return
      graph.setAttribute('viewBox', `0 0 ${counts.length * barPx} ${heightPx}`)
      graph.setAttribute('width', String(counts.length * barPx))
    },
  }
}
