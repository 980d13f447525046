// One session of a page of several: its model, joined to the host, and what is remembered of its view.

import type { TimelineAction } from '../../shared/calls/messages.ts'
import { TimelineModel } from '../model/timelineModel.ts'
import { placeOf } from '../page/placeOf.ts'
import { tellShown } from '../page/tellShown.ts'
import { createViewMemory, type ViewMemory } from '../page/viewMemory.ts'
import type { TogetherHost } from './togetherHost.ts'

export interface SessionLane {
  readonly id: string
  readonly model: TimelineModel
  readonly memory: ViewMemory
  /** First load. */
  start(): Promise<void>
}

export function createSessionLane(
  host: TogetherHost,
  id: string,
  perform: (action: TimelineAction) => unknown,
): SessionLane {
  const { remote, saved, save } = host.lane(id, {
    status: async (...news) => model.handleStatus(...news),
    visible: async (visible) => (visible ? model.hydrate() : undefined),
    bookmarks: async (bookmarks) => model.bookmarks.load(bookmarks),
    habits: async (habits) => model.habits.load(habits),
    perform: async (action) => void perform(action),
  })
  const model = new TimelineModel(remote)
  const memory = createViewMemory(saved, () => placeOf(model, null), save)
  tellShown(model)
  return {
    id,
    model,
    memory,
    start: () =>
      model.start((typed) => {
        if (typed) memory.change(typed)
        return memory.view
      }),
  }
}
