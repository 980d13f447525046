// The bookmarks of a session's capture, as its thread has told them last.

import { type Disposable, type Event, EventEmitter } from 'vscode'
import type { Bookmarks } from '../../shared/session/bookmarks.ts'

export interface KeptBookmarks {
  readonly current: Bookmarks
  readonly onDidChange: Event<Bookmarks>
}

export interface ToldBookmarks extends KeptBookmarks, Disposable {
  set(bookmarks: Bookmarks): void
}

export function createKeptBookmarks(): ToldBookmarks {
  const changes = new EventEmitter<Bookmarks>()
  let current: Bookmarks = []
  return {
    get current() {
      return current
    },
    onDidChange: changes.event,
    set(bookmarks) {
      current = bookmarks
      changes.fire(bookmarks)
    },
    dispose: () => changes.dispose(),
  }
}
