// Tells the host which rows are shown, so that commands of the window export what this page shows.

import type { TimelineModel } from '../model/timelineModel.ts'

/** Listens to the model; each filter is told once. */
export function tellShown(model: TimelineModel): void {
  let told = ''
  model.onChange(() => {
    const { session, shown, actions, api } = model
    const filter = JSON.stringify(shown.filter)
    if (session === null || filter === told) return
    told = filter
    actions.run(api.showing(shown.filter))
  })
}
