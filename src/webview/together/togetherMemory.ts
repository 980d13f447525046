// The page's memory of how it shows several sessions, handed to VS Code soon after each change.

import type { TogetherView } from './togetherView.ts'

/** A view that is panned changes with each picture. */
const saveDelayMs = 250

export interface TogetherMemory {
  readonly view: TogetherView
  change(part: Partial<TogetherView>): void
  /** What has changed and was not handed over. */
  saveNow(): void
}

export function createTogetherMemory(
  saved: TogetherView,
  save: (view: TogetherView) => void,
): TogetherMemory {
  let view = saved
  let timer: ReturnType<typeof setTimeout> | undefined

  function saveNow(): void {
    if (timer === undefined) return
    clearTimeout(timer)
    timer = undefined
    save(view)
  }

  return {
    get view() {
      return view
    },
    change(part) {
      view = { ...view, ...part }
      timer ??= setTimeout(saveNow, saveDelayMs)
    },
    saveNow,
  }
}
