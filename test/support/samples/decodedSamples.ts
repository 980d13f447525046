// The samples of sessions whose frames are decoded, by the names of their scenes.

import { sampleBatches, sampleJsonRpc } from './sampleJsonRpc.ts'
import { sampleMessagePack } from './sampleMessagePack.ts'

export const decodedSamples = {
  'json-rpc': () => sampleJsonRpc,
  batches: sampleBatches,
  messagepack: sampleMessagePack,
}
