// The item of a view that a click or Enter means, also while VS Code lists the view anew.

import { EventEmitter, type TreeView } from 'vscode'
import { whenFound } from './whenFound.ts'

export interface ClickedItem<T> {
  /** To be called when the view asks how an item looks. */
  listed(): void
  /** The first that is selected; undefined where there is none in the end. */
  in(view: TreeView<T>): Promise<T | undefined>
  dispose(): void
}

/** From a click to the answer of a window that is far away. */
const listedWithinMs = 5000

/** While a view's items are listed anew, VS Code knows none that is selected. */
export function createClickedItem<T>(): ClickedItem<T> {
  const listed = new EventEmitter<void>()
  return {
    // VS Code knows the item when it has got the answer.
    listed() {
      setImmediate(() => listed.fire())
    },
    in: (view) => whenFound(() => view.selection[0], listed.event, listedWithinMs),
    dispose: () => listed.dispose(),
  }
}
