// The samples of sessions whose frames are decoded, by the names of their scenes.

import { sampleBatches, sampleCancelled, sampleJsonRpc } from './sampleJsonRpc.ts'
import { sampleMessagePack } from './sampleMessagePack.ts'
import { sampleSignalR } from './sampleSignalR.ts'
import { sampleSocketIo } from './sampleSocketIo.ts'

export const decodedSamples = {
  'json-rpc': () => sampleJsonRpc,
  batches: sampleBatches,
  cancelled: sampleCancelled,
  messagepack: sampleMessagePack,
  signalr: sampleSignalR,
  'socket.io': sampleSocketIo,
}

export function isDecodedSample(name: string): name is keyof typeof decodedSamples {
  return Object.hasOwn(decodedSamples, name)
}
