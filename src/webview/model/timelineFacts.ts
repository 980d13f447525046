// Facts about the timeline as a whole, for its native menu.

import { isClientMethod, methods } from '../../shared/endpoint/methods.ts'
import type { TimelineModel } from './timelineModel.ts'

/** For `menuContext`. */
export function timelineFacts({
  session,
}: Pick<TimelineModel, 'session'>): Readonly<Record<`lifeline${string}`, boolean>> {
  if (session === null) return {}
  return {
    lifelineLive: !session.readOnly && session.status.state !== 'ended',
    lifelineTap: !isClientMethod(session.status.method),
    lifelineWireLayer: methods[session.status.method].hasWireLayer,
  }
}
