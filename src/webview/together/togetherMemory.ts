// The page's memory of how it shows several sessions, handed to VS Code with each change.

import type { TogetherView } from './togetherView.ts'

export interface TogetherMemory {
  readonly view: TogetherView
  change(part: Partial<TogetherView>): void
}

export function createTogetherMemory(
  saved: TogetherView,
  save: (view: TogetherView) => void,
): TogetherMemory {
  let view = saved
  return {
    get view() {
      return view
    },
    change(part) {
      view = { ...view, ...part }
      save(view)
    },
  }
}
