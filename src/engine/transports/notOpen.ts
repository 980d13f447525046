// The answer to whoever wants to send while no connection is open to send on.

import { RpcError } from '../../shared/calls/rpc.ts'

export function notOpen(): RpcError {
  return new RpcError('not-open', 'The WebSocket is not open. Reconnect, then send again.')
}
