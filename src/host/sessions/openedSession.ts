// A saved capture that was opened, as a session without traffic.

import { EventEmitter } from 'vscode'
import { createIsKeepable } from '../../shared/secrets/keepableText.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'
import type { HostSession, SessionSurroundings } from './hostSession.ts'
import { createKeptBookmarks } from './keptBookmarks.ts'
import { startWorkerClient } from './workerClient.ts'

/** Opens a capture for reading. Rejects with `capture-not-readable`. */
export async function openCaptureSession(
  id: string,
  capturePath: string,
  surroundings: SessionSurroundings,
): Promise<HostSession> {
  const { log } = surroundings
  const changes = new EventEmitter<SessionStatus>()
  const bookmarks = createKeptBookmarks()
  let told: SessionStatus | null = null
  const client = startWorkerClient({
    path: surroundings.workerPath,
    onStatus(status) {
      told = status
      changes.fire(status)
    },
    onBookmarks: bookmarks.set,
    onFault: log.fault,
    onDeath: (error) => log.fault('A capture’s thread died', error),
  })
  try {
    const { name, endpoint } = await client.api.open(capturePath)
    const origin = { name, endpoint, fromCapture: true }
    const isKeepable = createIsKeepable(endpoint, [])
    const facts = { id, name, endpoint, origin, capturePath, readOnly: true, isKeepable }
    const first = await client.api.status()
    return {
      ...facts,
      get status() {
        return told ?? first
      },
      tail: null,
      bookmarks,
      hold: () => undefined,
      api: Promise.resolve(client.api),
      onDidChange: changes.event,
      stop: async () => undefined,
      async dispose() {
        changes.dispose()
        bookmarks.dispose()
        await client.close()
      },
    }
  } catch (error) {
    await client.terminate()
    throw error
  }
}
