// The commands that show several sessions in one timeline: open some together, add one, connect several profiles.

import type { QuickPickItem } from 'vscode'
import { methods } from '../../shared/endpoint/methods.ts'
import { togetherLimits } from '../../shared/limits.ts'
import type { Connector } from '../connect/connect.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import { momentOf } from '../sessions/sessionLook.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Timelines } from '../timeline/timelines.ts'
import { pickSeveral, tell } from '../window/dialogs.ts'
import { idOf, pickItem } from './chooseSession.ts'
import type { ProfileCommands } from './profileCommands.ts'

/** Each takes the items that it was called for, or asks. */
export interface TogetherCommands {
  /** Sessions and captures, in one timeline. */
  open(items: readonly unknown[]): Promise<void>
  /** To the timeline in front; where there is none, they get one. */
  add(items: readonly unknown[]): Promise<void>
  /** Profiles, whose sessions open in one timeline. */
  connectAll(items: readonly unknown[]): Promise<void>
}

export interface TogetherParts {
  readonly sessions: Sessions
  readonly timelines: Timelines
  readonly connector: Connector
  readonly profiles: ProfileCommands
}

export function createTogetherCommands(parts: TogetherParts): TogetherCommands {
  const { sessions, timelines, connector, profiles } = parts

  async function opened(items: readonly unknown[]): Promise<readonly HostSession[]> {
    const ids = items.map(idOf).filter((id) => id !== null)
    return Promise.all(ids.map((id) => sessions.open(id)))
  }

  async function open(items: readonly unknown[]): Promise<void> {
    const given = await opened(items)
    const question = 'Which sessions should be shown in one timeline?'
    const wanted = given.length > 1 ? given : await chooseSessions(sessions, [], question)
    if (wanted.length > 0) timelines.showTogether(withinLimit(wanted))
  }

  return {
    open,
    async add(items) {
      const panel = timelines.current
      if (!panel) return open(items)
      const shown = panel.sessions
      const given = (await opened(items)).filter((session) => !shown.includes(session))
      const all = given.length > 0 ? withinLimit([...shown, ...given]) : null
      const next = all ?? [...shown, ...(await chooseOthers(sessions, shown))]
      if (next.length === shown.length) return
      panel.show(next)
      panel.reveal()
    },
    async connectAll(items) {
      const origins = withinLimit(await profiles.chooseSeveral(items))
      const started = await connector.connectAll(origins)
      if (started.length > 0) timelines.showTogether(started)
    },
  }
}

/** Sessions and captures that a timeline of these does not show yet, as the user picks them; empty after Escape. */
export async function chooseOthers(
  sessions: Sessions,
  shown: readonly HostSession[],
): Promise<readonly HostSession[]> {
  const question = 'Which sessions should be added to the timeline?'
  const picked = await chooseSessions(sessions, shown, question)
  return withinLimit([...shown, ...picked]).slice(shown.length)
}

/** Sessions and captures but for some, as the user picks them; empty after Escape. */
export async function chooseSessions(
  sessions: Sessions,
  shown: readonly HostSession[],
  question: string,
): Promise<readonly HostSession[]> {
  const items = await listed(sessions, shown)
  if (items.length === 0) {
    tell('There is no other session, and no capture. Connect to an endpoint first.')
    return []
  }
  const picked = await pickSeveral(items, question)
  return Promise.all(picked.map(({ id }) => sessions.open(id)))
}

/** The window's sessions, then the captures of earlier ones. */
async function listed(
  sessions: Sessions,
  without: readonly HostSession[],
): Promise<readonly (QuickPickItem & { readonly id: string })[]> {
  const own = sessions.all.filter((session) => !without.includes(session))
  const saved = await sessions.saved()
  return [
    ...own.map((session) => ({ ...pickItem(session), id: session.id })),
    ...saved.map(({ id, label, method, startedAt }) => {
      const description = method ? methods[method].label : 'Capture'
      return { label, description, detail: momentOf(startedAt), id }
    }),
  ]
}

/** The first ones, which is said. */
function withinLimit<T>(wanted: readonly T[]): readonly T[] {
  const most = togetherLimits.sessions
  if (wanted.length > most)
    tell(`A timeline shows ${most} sessions at the most: the first ${most} of ${wanted.length}.`)
  return wanted.slice(0, most)
}
