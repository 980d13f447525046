// Chooses the session that a command is about: its item's, the focused timeline's, the only one, or the user's choice.

import { commands } from 'vscode'
import { stateWord } from '../../shared/session/sessionState.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import { placeOf, stateIcon } from '../sessions/sessionLook.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Timelines } from '../timeline/timelines.ts'
import { pick, pickSeveral, tell } from '../window/dialogs.ts'

export interface SessionChoice {
  /** What the command was called with: a session, a capture, or whatever VS Code passes. */
  readonly item: unknown
  readonly candidates: readonly HostSession[]
  /** The question for when there are several. */
  readonly question: string
  /** The sentence for when there is no session. */
  readonly none: string
}

export type ChooseSession = (choice: SessionChoice) => Promise<HostSession | undefined>

export function createChooseSession(sessions: Sessions, timelines: Timelines): ChooseSession {
  return async ({ item, candidates, question, none }) => {
    const id = idOf(item)
    if (id !== null) return sessions.open(id)
    const focused = timelines.current?.active ? timelines.current.session : undefined
    if (focused && candidates.includes(focused)) return focused
    if (candidates.length === 0) {
      tell(none, { 'Connect…': () => commands.executeCommand('lifeline.connect') })
      return undefined
    }
    if (candidates.length === 1) return candidates[0]
    return (await pick(candidates.map(pickItem), question))?.session
  }
}

/** The same for several: the items' sessions, the focused timeline's, the only one, or those that the user picks. */
export function createChooseSeveral(
  sessions: Sessions,
  timelines: Timelines,
): (
  choice: Omit<SessionChoice, 'item'> & { readonly items: readonly unknown[] },
) => Promise<readonly HostSession[]> {
  const chooseOne = createChooseSession(sessions, timelines)
  return async ({ items, ...choice }) => {
    const { candidates } = choice
    const ids = items.map(idOf)
    if (items.length > 1) return candidates.filter(({ id }) => ids.includes(id))
    const [item] = items
    const isClear = idOf(item) !== null || timelines.current?.active || candidates.length < 2
    if (!isClear) {
      return (await pickSeveral(candidates.map(pickItem), choice.question)).map(
        ({ session }) => session,
      )
    }
    const one = await chooseOne({ item, ...choice })
    return one ? [one] : []
  }
}

/** A session in a list that is picked from. */
export function pickItem(session: HostSession) {
  return {
    label: session.name,
    description: stateWord(session),
    detail: placeOf(session),
    iconPath: stateIcon(session),
    session,
  }
}

/** The id of the session or capture that a tree item stands for. */
export function idOf(item: unknown): string | null {
  if (typeof item !== 'object' || item === null || !('id' in item)) return null
  return typeof item.id === 'string' ? item.id : null
}
