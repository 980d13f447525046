// The commands about captures: open one, delete one.

import { commands, type QuickPickItem, window } from 'vscode'
import { methods } from '../../shared/endpoint/methods.ts'
import { stateWord } from '../../shared/session/sessionState.ts'
import { type HostSession, isLive } from '../sessions/hostSession.ts'
import type { Replays } from '../sessions/replays.ts'
import { countsOf } from '../sessions/sessionLook.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Timelines } from '../timeline/timelines.ts'
import { pick, pickSeveral, tell } from '../window/dialogs.ts'
import { plainMessage } from '../window/plainMessage.ts'
import { idOf } from './chooseSession.ts'

/** Each takes items of the Sessions view that it was called for, or asks. */
export interface CaptureCommands {
  open(item: unknown): Promise<void>
  delete(items: readonly unknown[]): Promise<void>
  /** The id of the item's capture, or of the one that the user chooses; undefined after Escape. */
  choose(item: unknown, question: string): Promise<string | undefined>
}

export interface CaptureCommandParts {
  readonly sessions: Sessions
  readonly timelines: Timelines
  readonly replays: Replays
}

export function createCaptureCommands({
  sessions,
  timelines,
  replays,
}: CaptureCommandParts): CaptureCommands {
  /** The sessions that this window ended or opened, then the captures of earlier ones. */
  async function list(): Promise<(QuickPickItem & { id: string })[]> {
    const own = sessions.all.filter((session) => !isLive(session))
    const saved = await sessions.saved()
    return [
      ...own.map((session) => {
        const { id, name } = session
        return { label: name, description: stateWord(session), detail: countsOf(session), id }
      }),
      ...saved.map(({ id, label, method, startedAt }) => {
        const description = method ? methods[method].label : ''
        return { label, description, detail: new Date(startedAt).toLocaleString(), id }
      }),
    ]
  }

  async function choose(item: unknown, question: string): Promise<string | undefined> {
    const id = idOf(item)
    if (id !== null) return id
    const captures = await list()
    if (captures.length > 0) return (await pick(captures, question))?.id
    tell('There are no captures yet. Lifeline keeps one of every session.', {
      'Connect…': () => commands.executeCommand('lifeline.connect'),
    })
    return undefined
  }

  return {
    choose,
    async open(item) {
      const id = await choose(item, 'Which capture should be opened?')
      if (id !== undefined) timelines.show(await sessions.open(id))
    },
    async delete(items) {
      const all = await list()
      const ids = items.map(idOf).filter((id) => id !== null)
      const wanted =
        ids.length > 0
          ? all.filter(({ id }) => ids.includes(id))
          : await pickSeveral(all, 'Which captures should be deleted?')
      const live = ids.flatMap((id) => sessions.find(id) ?? []).filter(isLive)
      if (live[0]) tellStillConnected(live[0])
      const [first] = wanted
      if (!first || !(await mayDelete(first, wanted.length))) return
      for (const { id } of wanted) {
        const session = sessions.find(id)
        if (session) timelines.remove(session)
        await replays.release(sessions.fileOf(id))
        await sessions.deleteCapture(id)
      }
    },
  }
}

export function tellStillConnected(session: HostSession): void {
  tell(`“${session.name}” is still connected. Disconnect it first.`, {
    Disconnect: () => session.stop(),
  })
}

async function mayDelete({ label, detail }: QuickPickItem, count: number): Promise<boolean> {
  const which = count === 1 ? `the capture of “${label}” (${detail})` : `${count} captures`
  const question = `Delete ${which}? ${count === 1 ? 'It' : 'They'} cannot be brought back.`
  const modal = { modal: true }
  return (await window.showWarningMessage(plainMessage(question), modal, 'Delete')) === 'Delete'
}
