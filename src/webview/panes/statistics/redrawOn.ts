// Has an element of the page drawn again when the model's part of what it draws is another.

import type { ReactiveControllerHost } from 'lit'
import type { TimelineModel } from '../../model/timelineModel.ts'

/** To be called by the constructor. `drawn`: plain data. */
export function redrawOn(
  host: ReactiveControllerHost & { readonly model: TimelineModel },
  drawn: () => unknown,
): void {
  let last = ''
  let stop = (): void => {}
  host.addController({
    hostConnected() {
      stop = host.model.onChange(() => {
        const now = JSON.stringify(drawn())
        if (now !== last) host.requestUpdate()
        last = now
      })
    },
    hostDisconnected: () => stop(),
  })
}
