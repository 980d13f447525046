// The commands about captures: open one, delete one.

import { commands, type QuickPickItem, window } from 'vscode'
import { methods } from '../../shared/endpoint/methods.ts'
import { stateWord } from '../../shared/session/sessionState.ts'
import { countsOf } from '../sessions/sessionLook.ts'
import { isLive, type Sessions } from '../sessions/sessions.ts'
import type { Timelines } from '../timeline/timelines.ts'
import { pick, tell } from '../window/dialogs.ts'
import { plainMessage } from '../window/plainMessage.ts'
import { idOf } from './chooseSession.ts'

/** Each takes the item of the Sessions view that it was called for, or asks. */
export interface CaptureCommands {
  open(item: unknown): Promise<void>
  delete(item: unknown): Promise<void>
}

export function createCaptureCommands(sessions: Sessions, timelines: Timelines): CaptureCommands {
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
    async open(item) {
      const id = await choose(item, 'Which capture should be opened?')
      if (id !== undefined) timelines.show(await sessions.open(id))
    },
    async delete(item) {
      const id = await choose(item, 'Which capture should be deleted?')
      if (id === undefined) return
      const session = sessions.find(id)
      if (session && isLive(session)) {
        return tell(`“${session.name}” is still connected. Disconnect it first.`, {
          Disconnect: () => session.stop(),
        })
      }
      const capture = (await list()).find((one) => one.id === id)
      if (!capture) return
      const { label, detail } = capture
      const question = `Delete the capture of “${label}” (${detail})? It cannot be brought back.`
      const modal = { modal: true }
      const answer = await window.showWarningMessage(plainMessage(question), modal, 'Delete')
      if (answer !== 'Delete') return
      if (session) timelines.find(session)?.dispose()
      await sessions.deleteCapture(id)
    },
  }
}
