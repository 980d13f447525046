// Asks for the name of what a profile is to keep.

import { window } from 'vscode'
import type { HostSession } from '../sessions/hostSession.ts'

export interface NameQuestion {
  /** `message`. */
  readonly what: string
  /** What shows the name later: `the list of filters`. */
  readonly place: string
  readonly taken: readonly string[]
  readonly proposed?: string
}

/** Trimmed; undefined when the user has cancelled. A name that holds a secret of the session is refused. */
export async function askName(
  session: Pick<HostSession, 'isKeepable'>,
  { what, place, taken, proposed = '' }: NameQuestion,
): Promise<string | undefined> {
  const answer = await window.showInputBox({
    title: `Save ${what}`,
    prompt: `Name of the ${what}`,
    ignoreFocusOut: true,
    value: proposed,
    async validateInput(typed) {
      const name = typed.trim()
      if (name === '') return `Write a name: it is what ${place} shows.`
      if (taken.includes(name)) return `Choose another name: a ${what} of this profile has it.`
      return (await session.isKeepable(name))
        ? null
        : 'Choose another name: this one holds a secret.'
    },
  })
  return answer?.trim()
}
