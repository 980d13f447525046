// The acts of the header's buttons on several sessions.

import type { TogetherApi } from '../../shared/calls/togetherApi.ts'
import { openMenu } from '../elements/menu.ts'
import type { TimelineModel } from '../model/timelineModel.ts'
import type { SessionLane } from './sessionLane.ts'
import { sessionMenu } from './sessionMenu.ts'
import type { TogetherMemory } from './togetherMemory.ts'
import type { TogetherModel } from './togetherModel.ts'
import type { TogetherView } from './togetherView.ts'

export interface HeaderActs {
  toggleLayout(): void
  toggleComparison(): void
  toggleFindings(): void
  /** Of the active session, or else of the first in which a model has said something. */
  toggleAnswer(): void
  setFromStarts(fromStarts: boolean): void
  activate(index: number): void
  /** The host's commands are about the active session from now on. */
  tellActive(): void
  /** Opens the menu of a session under its button. */
  openMenu(index: number, button: HTMLElement): void
  /** Opens the menu of what is done less often. */
  openMore(button: HTMLElement): void
  /** 1 shows less time. */
  zoom(way: 1 | -1): void
  add(): void
  stopAll(): void
  leaveFilter(): void
}

export interface HeaderActParts {
  readonly api: TogetherApi
  readonly lanes: readonly SessionLane[]
  readonly model: TogetherModel
  readonly memory: TogetherMemory
  redraw(): void
  focusView(): void
  zoom(way: 1 | -1): void
  toggleStatistics(): void
  toggleFindings(): void
  toggleAnswer(): void
}

export function createHeaderActs(parts: HeaderActParts): HeaderActs {
  const { api, lanes, model, memory } = parts
  const run = (call: Promise<void>) => void model.current.actions.run(call)

  function remember(part: Partial<TogetherView>): void {
    memory.change(part)
    parts.redraw()
  }

  function tellActive(): void {
    const lane = lanes[model.active]
    if (lane) run(api.activate(lane.id))
  }

  function activate(index: number): void {
    const lane = lanes[index]
    if (!lane || index === model.active) return
    model.activate(index)
    memory.change({ activeId: lane.id })
    tellActive()
  }

  return {
    toggleLayout() {
      remember({ layout: memory.view.layout === 'lanes' ? 'merged' : 'lanes' })
      parts.focusView()
    },
    toggleComparison: () => remember({ comparisonOpen: !memory.view.comparisonOpen }),
    toggleFindings: parts.toggleFindings,
    toggleAnswer() {
      const hasSaid = ({ answers }: TimelineModel) => answers.answers.length > 0
      if (memory.view.pane !== 'answer' && !hasSaid(model.current))
        activate(model.models.findIndex(hasSaid))
      parts.toggleAnswer()
    },
    setFromStarts(fromStarts) {
      model.fromStarts = fromStarts
      remember({ fromStarts })
    },
    activate,
    tellActive,
    openMenu(index, button) {
      const lane = lanes[index]
      if (lane) openMenu(button, sessionMenu(lane, api))
    },
    openMore(button) {
      openMenu(button, [
        {
          label: model.wire ? 'Hide the wire layer' : 'Show the wire layer',
          run: () => model.setWire(!model.wire),
        },
        { label: 'Clear', run: () => model.clear() },
        {
          label: `Statistics of ${model.current.session?.name ?? 'the session'}`,
          begins: true,
          run: () => parts.toggleStatistics(),
        },
        { label: 'Findings of all sessions', run: () => parts.toggleFindings() },
      ])
    },
    zoom: parts.zoom,
    add: () => run(api.addSession()),
    stopAll: () => run(api.stopAll()),
    leaveFilter: () => parts.focusView(),
  }
}
