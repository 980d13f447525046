// The page's memory of itself, handed to VS Code soon after each change.

import type { RestoredView } from '../model/restoredView.ts'
import type { ViewState } from './viewState.ts'

const saveDelayMs = 250

export interface ViewMemory {
  readonly view: ViewState
  change(part: Partial<ViewState>): void
  /** Something else that is remembered may have changed. */
  saveSoon(): void
  saveNow(): void
}

/** `place`: how the rows stand; null while nobody knows, and then nothing is saved. */
export function createViewMemory(
  saved: ViewState,
  place: () => RestoredView | null,
  save: (view: ViewState) => void,
): ViewMemory {
  let view = saved
  let timer: ReturnType<typeof setTimeout> | undefined

  function saveSoon(): void {
    timer ??= setTimeout(saveNow, saveDelayMs)
  }

  function saveNow(): void {
    clearTimeout(timer)
    timer = undefined
    const now = place()
    if (now !== null) save({ ...view, ...now })
  }

  return {
    get view() {
      return view
    },
    change(part) {
      view = { ...view, ...part }
      saveSoon()
    },
    saveSoon,
    saveNow,
  }
}
