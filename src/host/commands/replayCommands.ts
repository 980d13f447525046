// The commands about replays: serve a capture on this machine, stop serving it.

import { env } from 'vscode'
import { isLive } from '../sessions/hostSession.ts'
import type { Replays, RunningReplay } from '../sessions/replays.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Timelines } from '../timeline/timelines.ts'
import { pick, tell } from '../window/dialogs.ts'
import { type CaptureCommands, tellStillConnected } from './captureCommands.ts'

export interface ReplayCommands {
  /** Takes an item of the Sessions view, else the timeline in front, or asks. */
  start(item: unknown): Promise<void>
  /** Asks which one. */
  stop(): Promise<void>
}

export interface ReplayCommandParts {
  readonly replays: Replays
  readonly sessions: Sessions
  readonly timelines: Timelines
  readonly captures: CaptureCommands
}

export function createReplayCommands({
  replays,
  sessions,
  timelines,
  captures,
}: ReplayCommandParts): ReplayCommands {
  /** The id of a capture. */
  async function choose(item: unknown): Promise<string | undefined> {
    const focused = timelines.current
    return item === undefined && focused?.active && focused.sessions.length === 1
      ? focused.session.id
      : captures.choose(item, 'Which capture should be served?')
  }

  return {
    async start(item) {
      const id = await choose(item)
      if (id === undefined) return
      const session = sessions.find(id)
      if (session && isLive(session)) {
        tellStillConnected(session)
        return
      }
      const path = sessions.fileOf(id)
      if (path === null) {
        tell('This capture is in no file, so it cannot be served.')
        return
      }
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
