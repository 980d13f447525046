// A saved capture that was opened, as a session without traffic.

import { basename } from 'node:path'
import { EventEmitter } from 'vscode'
import { createIsKeepable } from '../../shared/secrets/keepableText.ts'
import type { SessionStatus } from '../../shared/session/sessionState.ts'
import { withProgress } from '../window/slowWork.ts'
import type { HostSession, SessionSurroundings } from './hostSession.ts'
import { createKeptBookmarks } from './keptBookmarks.ts'
import { startWorkerClient } from './workerClient.ts'

/** Opens a capture for reading. Rejects with `capture-not-readable`, and with `cancelled` where the user has. */
export async function openCaptureSession(
  id: string,
  capturePath: string,
  surroundings: SessionSurroundings,
): Promise<HostSession> {
  const { log } = surroundings
  const changes = new EventEmitter<SessionStatus>()
  const bookmarks = createKeptBookmarks()
  let told: SessionStatus | null = null
  let name: string | null = null
  let counted = 0
  const client = startWorkerClient({
    path: surroundings.workerPath,
    onStatus(status) {
      told = status
      changes.fire(status)
    },
    onBookmarks: bookmarks.set,
    onCounted: (share) => {
      counted = share
    },
    onFault: log.fault,
    onDeath: (error) => log.fault('A capture’s thread died', error),
  })
  async function readFirst() {
    const info = await client.api.open(capturePath)
    name = info.name
    return { info, first: await client.api.status() }
  }

  try {
    const { info, first } = await withProgress(readFirst(), {
      title: () => `Opening the capture ${name === null ? basename(capturePath) : `of ${name}`}`,
      share: () => counted,
      cancel: () => client.terminate(),
    })
    const { endpoint } = info
    const origin = { name: info.name, endpoint, fromCapture: true }
    const isKeepable = createIsKeepable(endpoint, [])
    const facts = { id, name: info.name, endpoint, origin, capturePath, readOnly: true }
    return {
      ...facts,
      get status() {
        return told ?? first
      },
      tail: null,
      isKeepable: async (text) => isKeepable(text),
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
