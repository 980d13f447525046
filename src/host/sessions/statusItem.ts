// The status-bar item: there while something is connected, with how many and how fast.

import { type Disposable, StatusBarAlignment, window } from 'vscode'
import { stateWord } from '../../shared/session/sessionState.ts'
import { formatRate } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { createThrottle } from '../window/throttle.ts'
import { countsOf } from './sessionLook.ts'
import type { Sessions } from './sessions.ts'

const refreshEveryMs = 500

export interface StatusItem extends Disposable {
  /** What it says now; null while it is hidden. */
  readonly text: string | null
}

export function createStatusItem(sessions: Sessions): StatusItem {
  const item = window.createStatusBarItem('lifeline.status', StatusBarAlignment.Left, -100)
  item.name = 'Lifeline'
  item.command = 'lifeline.showTimeline'
  let text: string | null = null

  const refresh = createThrottle(refreshEveryMs, () => {
    const { live } = sessions
    if (live.length === 0) {
      text = null
      item.hide()
      return
    }
    const rate = live.reduce((sum, { status }) => sum + status.statistics.framesPerSecond, 0)
    text = `$(pulse) ${live.length} · ${formatRate(rate)}`
    item.text = text
    const lines = live.map((session) => {
      return visibleLine(`${session.name}: ${stateWord(session)}, ${countsOf(session)}`)
    })
    item.tooltip = ['Lifeline is watching', ...lines].join('\n')
    const what = live.length === 1 ? '1 connection' : `${live.length} connections`
    item.accessibilityInformation = {
      label: `Lifeline watches ${what}, ${formatRate(rate)}. Show the timeline.`,
    }
    item.show()
  })

  const listener = sessions.onDidChange(() => refresh.request())
  return {
    get text() {
      return text
    },
    dispose() {
      listener.dispose()
      refresh.dispose()
      item.dispose()
    },
  }
}
