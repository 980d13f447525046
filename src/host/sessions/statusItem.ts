// The status-bar item: there while something is connected, with how many and how fast.

import { type Disposable, StatusBarAlignment, window } from 'vscode'
import { peerRate, stateWord } from '../../shared/session/sessionState.ts'
import { formatRate } from '../../shared/text/units.ts'
import { visibleLine } from '../../shared/text/visibleText.ts'
import { createThrottle } from '../window/throttle.ts'
import { countsOf, listensOn } from './sessionLook.ts'
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
    const rates = live.map(({ status }) => peerRate(status)).filter((rate) => rate !== null)
    const rate = formatRate(rates.reduce((sum, one) => sum + one, 0))
    const told = (count: string, mark: string) => (rates.length > 0 ? count + mark + rate : count)
    text = told(`$(pulse) ${live.length}`, ' · ')
    item.text = text
    const lines = live.map((session) => {
      const facts = [stateWord(session), countsOf(session), listensOn(session.status)]
      return visibleLine(`${session.name}: ${facts.filter((one) => one !== null).join(', ')}`)
    })
    item.tooltip = ['Lifeline is watching', ...lines].join('\n')
    const what = live.length === 1 ? '1 connection' : `${live.length} connections`
    item.accessibilityInformation = {
      label: `${told(`Lifeline watches ${what}`, ', ')}. Show the timeline.`,
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
