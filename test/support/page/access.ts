// Findings of axe in the page; contrasts that it cannot judge are computed.

import axe, { type NodeResult, type Result } from 'axe-core'
import { canvasFaults, seenContrast } from './seenContrast.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** WCAG's 1.4.3. No text of the page is large. */
export const leastContrast = 4.5

/** What axe leaves undecided, and why it is right here. */
const rightAnyway: ReadonlyMap<string, string> = new Map([
  ['aria-required-children', 'a grid without a frame has no rows'],
  ['target-size', 'entries of a menu are reached with the arrow keys'],
])

export async function accessFaults(): Promise<readonly string[]> {
  return faultsOf({ type: 'tag', values: tags })
}

export async function contrastFaults(): Promise<readonly string[]> {
  return faultsOf({ type: 'rule', values: ['color-contrast'] })
}

async function faultsOf(runOnly: axe.RunOnly): Promise<readonly string[]> {
  const { violations, incomplete } = await axe.run(document, {
    runOnly,
    resultTypes: ['violations', 'incomplete'],
    elementRef: true,
    // All styles are the page's own.
    preload: false,
  })
  return [
    ...violations.flatMap((result) => result.nodes.map((node) => told(result, node))),
    ...incomplete.flatMap(undecided),
    ...canvasFaults(),
  ]
}

function undecided(result: Result): readonly string[] {
  if (rightAnyway.has(result.id)) return []
  // Beside another element, over a gradient or of few letters axe gives no verdict on a contrast.
  return result.nodes.flatMap((node) => {
    const contrast = result.id === 'color-contrast' && node.element ? seenContrast(node.element) : 0
    if (contrast === null || contrast >= leastContrast) return []
    return [`${told(result, node)} (seen: ${contrast.toFixed(2)})`]
  })
}

function told({ id }: Result, { target, html, any, all, none }: NodeResult): string {
  const why = [...any, ...all, ...none].map(({ message }) => message).join(' ')
  return `${id}: ${target.join(' ')} ${html.slice(0, 100)}: ${why}`
}
