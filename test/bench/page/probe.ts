// Looks at each picture of the page right after it has been painted.

import type { Painted, Pictures, Probe } from './probing.ts'

const visible = '.row:not([hidden]):not(.live)'

export function createProbe(): Probe {
  let watched: (() => Pictures) | null = null
  return {
    watch(options) {
      watched = watch(options)
    },
    pictures() {
      if (!watched) throw new Error('Nothing is watched.')
      return watched()
    },
    async until(selector, words, limitMs) {
      const began = performance.now()
      for (;;) {
        await painted()
        const ms = performance.now() - began
        const found = [...document.querySelectorAll(selector)]
        if (found.some((one) => new RegExp(words).test(one.ariaLabel ?? one.textContent))) return ms
        if (ms > limitMs) throw new Error(`${selector} does not show ${words} in ${limitMs} ms.`)
      }
    },
    async scrollThrough(ms) {
      const bar = document.querySelector('lifeline-rows .scrollbar') as HTMLElement
      const began = performance.now()
      for (let share = 0; share < 1; ) {
        share = Math.min(1, (performance.now() - began) / ms)
        bar.scrollTop = share * (bar.scrollHeight - bar.clientHeight)
        await painted()
      }
    },
  }
}

/** Resolves right after a picture: what a frame's callbacks post is heard when the frame is done. */
function painted(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => afterFrame(resolve)))
}

const { port1, port2 } = new MessageChannel()
const waiting: (() => void)[] = []
port1.onmessage = () => waiting.shift()?.()

function afterFrame(tell: () => void): void {
  waiting.push(tell)
  port2.postMessage(null)
}

function watch({ rows }: { readonly rows: boolean }): () => Pictures {
  const began = performance.now()
  const firstPainted = new Map<number, number>()
  let pictures = 0
  let withNews = 0
  let newest = 0
  let before = began
  let longestMs = 0
  let blankSince: number | null = null
  let longestBlankMs = 0
  let over = false

  function look(): void {
    if (over) return
    const now = performance.now()
    pictures++
    longestMs = Math.max(longestMs, now - before)
    before = now
    const drawn = [...document.querySelectorAll<HTMLElement>(visible)]
    const seqs = drawn.flatMap((row) => seqOf(row) ?? [])
    const last = Math.max(newest, ...seqs)
    if (last > newest) withNews++
    newest = last
    if (rows)
      for (const seq of seqs)
        if (!firstPainted.has(seq)) firstPainted.set(seq, performance.timeOrigin + now)
    if (seqs.length > 0) blankSince = null
    else {
      blankSince ??= now
      longestBlankMs = Math.max(longestBlankMs, now - blankSince)
    }
    requestAnimationFrame(() => afterFrame(look))
  }
  requestAnimationFrame(() => afterFrame(look))

  return () => {
    over = true
    const seconds = (performance.now() - began) / 1000
    return {
      perSecond: pictures / seconds,
      withNewsPerSecond: withNews / seconds,
      longestMs,
      longestBlankMs,
      painted: [...firstPainted] as readonly Painted[],
    }
  }
}

/** Null where its words have not come. */
function seqOf({ ariaLabel }: HTMLElement): number | null {
  const digits = ariaLabel?.match(/^#([\d,]+)/)?.[1]
  return digits === undefined ? null : Number(digits.replaceAll(',', ''))
}
