// The commands about replays: serve a capture on this machine, stop serving it.

import { commands, env, workspace } from 'vscode'
import type { Connector } from '../connect/connect.ts'
import { isLive } from '../sessions/hostSession.ts'
import type { Replays, RunningReplay } from '../sessions/replays.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Timelines } from '../timeline/timelines.ts'
import { pick, tell, tellProblem } from '../window/dialogs.ts'
import { type CaptureCommands, tellStillConnected } from './captureCommands.ts'
import { askReplay, givenPath } from './replayQuestions.ts'

export interface ReplayCommands {
  /** Takes an item of the Sessions view, else the timeline in front, or asks. */
  start(item: unknown): Promise<void>
  /** The same; sends what it sent to a server, once the user has said where, how fast, and that it may. */
  toServer(item: unknown): Promise<void>
  /** Asks which one. */
  stop(): Promise<void>
}

export interface ReplayCommandParts {
  readonly replays: Replays
  readonly connector: Pick<Connector, 'replay'>
  readonly sessions: Sessions
  readonly timelines: Timelines
  readonly captures: CaptureCommands
}

export function createReplayCommands({
  replays,
  sessions,
  timelines,
  captures,
  connector,
}: ReplayCommandParts): ReplayCommands {
  /** The id of a capture. */
  async function choose(item: unknown, question: string): Promise<string | undefined> {
    const focused = timelines.current
    return item === undefined && focused?.active && focused.sessions.length === 1
      ? focused.session.id
      : captures.choose(item, question)
  }

  /** Undefined where there is none, or the user is told why not. */
  async function fileOf(item: unknown, done: 'served' | 'replayed'): Promise<string | undefined> {
    const id = await choose(item, `Which capture should be ${done}?`)
    if (id === undefined) return undefined
    const session = sessions.find(id)
    if (session && isLive(session)) {
      tellStillConnected(session)
      return undefined
    }
    const path = sessions.fileOf(id)
    if (path === null) tell(`This capture is in no file, so it cannot be ${done}.`)
    return path ?? undefined
  }

  return {
    async toServer(item) {
      if (!workspace.isTrusted) {
        tellProblem('Nothing is sent from a workspace that is not trusted.', {
          'Manage Workspace Trust': () => commands.executeCommand('workbench.trust.manage'),
        })
        return
      }
      const path = givenPath(item) ?? (await fileOf(item, 'replayed'))
      if (path === undefined) return
      const found = await replays.toSend(path)
      if ('refused' in found) {
        tell(found.refused)
        return
      }
      const request = await askReplay(found, path, item)
      if (request) await connector.replay(request)
    },
    async start(item) {
      const path = await fileOf(item, 'served')
      if (path === undefined) return
      const replay = await replays.start(path)
      if ('refused' in replay) tell(replay.refused)
      else tellServed(replay)
    },
    async stop() {
      if (replays.all.length === 0) {
        tell('No capture is served.')
        return
      }
      const picks = replays.all.map((replay) => ({
        ...{ label: replay.name, description: replay.address },
        ...{ detail: replay.served.join(' · '), replay },
      }))
      const choice = await pick(picks, 'Which capture should be served no more?')
      await choice?.replay.stop()
    },
  }
}

function tellServed(replay: RunningReplay): void {
  const { name, address } = replay
  tell(`“${name}” is served at ${address}, as its server answered.`, {
    'Copy Address': () => env.clipboard.writeText(address),
    Stop: () => replay.stop(),
  })
}
