// Sentences and questions for the user, as notifications and pick lists: plain text, links disarmed.

import { type QuickPickItem, window } from 'vscode'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { toError } from '../../shared/unknown.ts'
import { plainMessage } from './plainMessage.ts'

/** Buttons and what they do. */
export type Buttons = Readonly<Record<string, () => unknown>>

/** Something went wrong, and what can be done about it. */
export function tellProblem(message: string, buttons: Buttons = {}): void {
  follow(window.showErrorMessage(plainMessage(message), ...Object.keys(buttons)), buttons)
}

/** Something worth knowing, or that did not happen and what to do instead. */
export function tell(message: string, buttons: Buttons = {}): void {
  follow(window.showInformationMessage(plainMessage(message), ...Object.keys(buttons)), buttons)
}

async function perform(shown: Thenable<string | undefined>, buttons: Buttons): Promise<void> {
  const choice = await shown
  if (choice !== undefined) await buttons[choice]?.()
}

function follow(shown: Thenable<string | undefined>, buttons: Buttons): void {
  perform(shown, buttons).catch((error) => {
    const message = toError(error).message
    void window.showErrorMessage(plainMessage(message))
  })
}

/**
 * A copy of the item that the user chooses, its words visible and cut; undefined after Escape. The question stays
 * while the focus is elsewhere: VS Code gives it back to a webview after the palette has closed, which may be when
 * the question is already there.
 */
export function pick<T extends QuickPickItem>(
  items: readonly T[],
  question: string,
  options: { readonly title?: string; readonly matchOnDetail?: boolean } = {},
): Thenable<T | undefined> {
  return window.showQuickPick(items.map(visibleItem), {
    ...options,
    placeHolder: question,
    ignoreFocusOut: true,
  })
}

/** The same for any number of items; empty after Escape. */
export async function pickSeveral<T extends QuickPickItem>(
  items: readonly T[],
  question: string,
): Promise<readonly T[]> {
  const options = { placeHolder: question, ignoreFocusOut: true, canPickMany: true } as const
  return (await window.showQuickPick(items.map(visibleItem), options)) ?? []
}

/** A copy whose words come from a file, a capture or a URL, and are safe to show. */
export function visibleItem<T extends QuickPickItem>(item: T): T {
  const { label, description, detail } = item
  return {
    ...item,
    label: visibleLine(label),
    ...(description !== undefined && { description: visibleLine(description) }),
    ...(detail !== undefined && { detail: visibleLine(detail) }),
  }
}
