// Writes Lifeline's own faults with their stacks to an output channel, never payloads or secrets.

import { type Disposable, window } from 'vscode'

export interface Log extends Disposable {
  /** A fault of ours: something that should not happen, whatever the peer does. */
  fault(what: string, error: unknown): void
  show(): void
}

export function createLog(): Log {
  const channel = window.createOutputChannel('Lifeline', { log: true })
  return {
    fault(what, error) {
      channel.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
    },
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  }
}
