// The place of the focus, and the pixels that it changes.

import type { FocusPlace } from './pageJudge.ts'

/** Null where the page as a whole has it. */
export function focusPlace(): FocusPlace | null {
  const active = document.activeElement
  if (active === null || active === document.body) return null
  const label = active.ariaLabel ?? active.textContent
  const labels = active instanceof HTMLInputElement ? active.labels : null
  const name = (label || labels?.[0]?.textContent || active.getAttribute('title') || '').trim()
  const part = active.closest(
    'lifeline-header, lifeline-overview, .strip, lifeline-rows, lifeline-splitter, lifeline-detail, lifeline-composer',
  )
  return {
    part: part?.localName ?? 'none',
    name: `${active.role ?? active.localName} ${name}`,
    isNamed: name !== '',
  }
}

/** Pixels at and around what has the focus that differ between two pictures of the page, as base64. */
export async function changedPixels(before: string, after: string): Promise<number> {
  const active = document.activeElement
  if (active === null) return 0
  const { left, top, width, height } = active.getBoundingClientRect()
  const box = [left - 4, top - 4, width + 8, height + 8] as const
  const [one, other] = await Promise.all([before, after].map((png) => pixels(png, box)))
  let changed = 0
  for (let at = 0; at < (one?.length ?? 0); at += 4) {
    const isOther = [0, 1, 2].some((part) => one?.[at + part] !== other?.[at + part])
    if (isOther) changed += 1
  }
  return changed
}

async function pixels(
  png: string,
  [left, top, width, height]: readonly [number, number, number, number],
): Promise<Uint8ClampedArray> {
  const image = new Image()
  image.src = `data:image/png;base64,${png}`
  await image.decode()
  const canvas = new OffscreenCanvas(Math.ceil(width), Math.ceil(height))
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('no canvas')
  context.drawImage(image, -Math.floor(left), -Math.floor(top))
  return context.getImageData(0, 0, canvas.width, canvas.height).data
}
