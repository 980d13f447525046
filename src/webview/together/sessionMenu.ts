// The menu of one session among several: what goes for it alone.

import type { TogetherApi } from '../../shared/calls/togetherApi.ts'
import type { MenuItem } from '../elements/menu.ts'
import type { SessionLane } from './sessionLane.ts'

export function sessionMenu({ id, model }: SessionLane, api: TogetherApi): readonly MenuItem[] {
  const { actions, session } = model
  const isOver = session === null || session.readOnly || session.status.state === 'ended'
  return [
    {
      label: isOver ? 'Reconnect' : 'Disconnect',
      run: () => actions.run(isOver ? model.api.reconnect() : model.api.disconnect()),
    },
    { label: 'Show alone', run: () => actions.run(api.showAlone(id)) },
    {
      label: 'Take out of this timeline',
      begins: true,
      run: () => actions.run(api.removeSession(id)),
    },
  ]
}
