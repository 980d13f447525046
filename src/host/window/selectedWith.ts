// The items of a view that a command is about: the one that it was called for, or all that are selected with it.

import type { TreeView } from 'vscode'

/** All that is selected where the item is among that. */
export function selectedWith<T>(view: TreeView<T>, item: unknown): readonly unknown[] {
  return view.selection.some((one) => one === item) ? view.selection : [item]
}
