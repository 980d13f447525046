// The thread of a bare client: as cold as a session's, so that both have the same to compile.

import { parentPort, workerData } from 'node:worker_threads'
import { type BareClient, bareClients } from './bare.ts'

const { client, port, count, size } = workerData as {
  client: BareClient
  port: number
  count: number
  size: number
}
if (!parentPort) throw new Error('alternate.ts starts this thread.')
parentPort.once('message', async () => {
  parentPort?.postMessage(await bareClients[client](port, count, size))
})
parentPort.postMessage('ready')
