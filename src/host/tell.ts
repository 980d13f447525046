// Sentences for the user, with buttons where an act helps.

import { window } from 'vscode'

/** What a button does. */
export type Act = () => unknown

/** A fault in what was asked or in its surroundings. Resolves when it is dismissed or its act is done. */
export function tellProblem(message: string, buttons: Readonly<Record<string, Act>> = {}) {
  return choose(window.showErrorMessage(message, ...Object.keys(buttons)), buttons)
}

/** Something that did not happen, and what to do instead. */
export function tell(message: string, buttons: Readonly<Record<string, Act>> = {}) {
  return choose(window.showInformationMessage(message, ...Object.keys(buttons)), buttons)
}

async function choose(
  shown: Thenable<string | undefined>,
  buttons: Readonly<Record<string, Act>>,
): Promise<void> {
  const choice = await shown
  if (choice !== undefined) await buttons[choice]?.()
}
