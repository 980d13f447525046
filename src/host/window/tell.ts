// Sentences for the user, with buttons where an act helps. Nobody waits for them to be read.

import { window } from 'vscode'
import { toError } from '../../shared/toError.ts'
import { plainMessage } from './plainMessage.ts'

/** Buttons and what they do. */
export type Acts = Readonly<Record<string, () => unknown>>

/** Something went wrong, and what can be done about it. */
export function tellProblem(message: string, acts: Acts = {}): void {
  follow(window.showErrorMessage(plainMessage(message), ...Object.keys(acts)), acts)
}

/** Something worth knowing, or that did not happen and what to do instead. */
export function tell(message: string, acts: Acts = {}): void {
  follow(window.showInformationMessage(plainMessage(message), ...Object.keys(acts)), acts)
}

async function perform(shown: Thenable<string | undefined>, acts: Acts): Promise<void> {
  const choice = await shown
  if (choice !== undefined) await acts[choice]?.()
}

function follow(shown: Thenable<string | undefined>, acts: Acts): void {
  perform(shown, acts).catch((error) => {
    const message = toError(error).message
    void window.showErrorMessage(plainMessage(message))
  })
}
