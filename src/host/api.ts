// The interface of the extension for other extensions and for tests.

import type { Uri } from 'vscode'
import { parseEndpoint } from '../shared/profile/parseEndpoint.ts'
import { shortName } from '../shared/url/names.ts'
import type { Connector } from './connect/connect.ts'
import type { DemoProcess } from './demoProcess.ts'
import type { Profiles } from './profiles/savedProfiles.ts'
import type { Replays } from './sessions/replays.ts'
import type { Sessions } from './sessions/sessions.ts'
import type { SessionsTree, SessionsTreeItem } from './sessions/sessionsTree.ts'
import type { StatusItem } from './sessions/statusItem.ts'
import { exportTo } from './timeline/exportTimeline.ts'
import type { Timelines } from './timeline/timelines.ts'

export interface ApiParts {
  readonly sessions: Sessions
  readonly profiles: Profiles
  readonly timelines: Timelines
  readonly statusItem: StatusItem
  readonly demoServer: DemoProcess
  readonly replays: Replays
}

export interface LifelineApi extends ApiParts {
  /**
   * Connects to a profile entry's JSON value and opens its timeline. Resolves with the session's id
   * as soon as it has begun; rejects with what is to be changed in the entry.
   */
  connect(entry: unknown): Promise<string>
  /** Writes a timeline to a file in the form that its ending names. */
  exportTo(sessionId: string, target: Uri): Promise<void>
  /** What the Sessions view lists. */
  listSessions(): Promise<readonly SessionsTreeItem[]>
}

export function createApi(parts: ApiParts, connector: Connector, tree: SessionsTree): LifelineApi {
  return {
    ...parts,
    async connect(entry) {
      const parsed = parseEndpoint(entry)
      if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join(' '))
      const name = nameIn(entry) ?? shortName(parsed.value.url)
      const session = await connector.connect({ name, endpoint: parsed.value })
      if (!session) throw new Error('It was not connected.')
      return session.id
    },
    exportTo: async (id, target) => {
      await exportTo(await parts.sessions.open(id), target)
    },
    listSessions: async () => (await tree.provider.getChildren()) ?? [],
  }
}

function nameIn(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null || !('name' in entry)) return undefined
  return typeof entry.name === 'string' ? entry.name : undefined
}
