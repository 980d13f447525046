// The status-bar item of replays: there while a capture is served, with its address.

import { type Disposable, type Event, StatusBarAlignment, window } from 'vscode'
import { visibleLine } from '../../shared/text/visibleText.ts'

export interface ServedCaptures {
  readonly all: readonly { readonly name: string; readonly address: string }[]
  readonly onDidChange: Event<void>
}

export function createReplayItem(replays: ServedCaptures): Disposable {
  const item = window.createStatusBarItem('lifeline.replay', StatusBarAlignment.Left, -101)
  item.name = 'Lifeline Replay'
  item.command = 'lifeline.stopReplay'

  function refresh(): void {
    const { all } = replays
    const [first] = all
    if (!first) {
      item.hide()
      return
    }
    const what = all.length === 1 ? new URL(first.address).port : `${all.length}`
    item.text = `$(server-process) ${what}`
    item.tooltip = [
      'Lifeline answers as the server of a capture',
      ...all.map(({ name, address }) => visibleLine(`${name}: ${address}`)),
    ].join('\n')
    const served = all.length === 1 ? `a capture at port ${what}` : `${what} captures`
    item.accessibilityInformation = { label: `Lifeline serves ${served}. Stop it.` }
    item.show()
  }

  const listener = replays.onDidChange(refresh)
  return {
    dispose() {
      listener.dispose()
      item.dispose()
    },
  }
}
