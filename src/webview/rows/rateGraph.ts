// A tiny graph of a run's rate: a bar for each bin of time, drawn as one path.

import { barPx, heightPx, ratePath } from './ratePath.ts'

const namespace = 'http://www.w3.org/2000/svg'

export interface RateGraph {
  readonly root: SVGSVGElement
  /** Null draws nothing. */
  paint(counts: readonly number[] | null): void
}

/** Its words are the row's: screen readers pass it over. */
export function createRateGraph(): RateGraph {
  const root = document.createElementNS(namespace, 'svg')
  root.classList.add('rate')
  root.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(namespace, 'path')
  root.append(path)
  let drawn = ''
  root.style.display = 'none'
  return {
    root,
    paint(counts) {
      const shape = counts === null ? '' : ratePath(counts)
      if (shape === drawn) return
      drawn = shape
      root.style.display = shape === '' ? 'none' : ''
      path.setAttribute('d', shape)
      if (counts === null) return
      root.setAttribute('viewBox', `0 0 ${counts.length * barPx} ${heightPx}`)
      root.setAttribute('width', String(counts.length * barPx))
    },
  }
}
