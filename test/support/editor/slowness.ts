// Slowness of a loaded machine, made on purpose: pictures and sizes come late in each page that UI tests open.

import type { BrowserContext } from 'playwright-core'

/** `LIFELINE_SLOW=150`: by so many milliseconds. What a UI test reads too soon then fails each time. */
export const slownessMs = Number(process.env.LIFELINE_SLOW ?? 0)

/** What comes late keeps its order. */
const comeLate = `(() => {
  const { requestAnimationFrame, cancelAnimationFrame, ResizeObserver } = window
  const waiting = new Map()
  let last = 0
  window.requestAnimationFrame = (callback) => {
    const id = ++last
    const draw = (now) => {
      waiting.delete(id)
      callback(now)
    }
    const timer = setTimeout(() => waiting.set(id, { frame: requestAnimationFrame(draw) }), MS)
    waiting.set(id, { timer })
    return id
  }
  window.cancelAnimationFrame = (id) => {
    const { timer, frame } = waiting.get(id) ?? {}
    clearTimeout(timer)
    if (frame) cancelAnimationFrame(frame)
    waiting.delete(id)
  }
  window.ResizeObserver = class extends ResizeObserver {
    constructor(callback) {
      super((entries, observer) => setTimeout(() => callback(entries, observer), MS))
    }
  }
})()`

/** Call it before the first page is opened. */
export async function slowDown(context: BrowserContext, byMs: number): Promise<void> {
  if (byMs === 0) return
  await context.addInitScript(comeLate.replaceAll('MS', String(byMs)))
}
