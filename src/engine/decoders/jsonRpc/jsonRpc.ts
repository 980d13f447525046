// JSON-RPC 2.0: requests, notifications, results, errors and batches of them. [jsonrpc] https://www.jsonrpc.org/specification

import { isRecord, own } from '../../../shared/unknown.ts'
import { readJson } from '../packets/jsonMessage.ts'
import type { DecodeInput, Protocol } from '../shapes/decoder.ts'
import { createJsonRpcDecoder } from './jsonRpcDecoder.ts'

export const jsonRpc: Protocol = {
  name: 'json-rpc',
  version: 6,
  fitsData(inputs) {
    const value = readJson((inputs.at(-1) as DecodeInput).payload)
    const first = Array.isArray(value) ? value[0] : value
    return isRecord(first) && own(first, 'jsonrpc') === '2.0'
  },
  create: () => createJsonRpcDecoder({ protocol: 'json-rpc' }),
}
