// (r): what a tap costs its program, recording all the while: to a relay that knows nothing, and to none at all.

import { once } from 'node:events'
import http from 'node:http'
import { Worker } from 'node:worker_threads'
import type { Endpoint } from '../../src/shared/endpoint/endpoint.ts'
import { defaultTapSettings } from '../../src/shared/endpoint/tapSettings.ts'
import { bareClients } from './bare.ts'
import type { Bench, Measurement } from './measure.ts'
import { endpointFor, start, startWorker } from './watched.ts'

const rounds = 3
const messageBytes = 2048

export const tapped: Measurement = async (bench) => {
  const count = bench.scaled(100_000)
  const relay = new Worker(new URL('./bareRelay.ts', import.meta.url), {
    workerData: { port: bench.port },
  })
  const [barePort] = (await once(relay, 'message')) as [number]
  const ratios: number[] = []
  const waits: Waits[] = []
  for (let n = 0; n < rounds; n++) {
    const bare = await bareClients.webSocket(barePort, count, messageBytes)
    const ours = await throughTap(bench, (port) => bareClients.webSocket(port, count, messageBytes))
    ratios.push(ours / bare)
    waits.push(await addedWaits(bench))
  }
  await relay.terminate()
  return [
    {
      name: `(r) WebSocket through a tap, ${count} × 2 KB, to a bare relay`,
      ...{ value: median(ratios), unit: '', aim: 0.5, better: 'more', detail: {} },
    },
    {
      name: '(r) a request and its answer take longer by, p50',
      ...{ value: median(waits.map(({ p50 }) => p50)), unit: 'ms', aim: 0.5, better: 'less' },
      detail: { p95: median(waits.map(({ p95 }) => p95)) },
    },
  ]
}

/** `use` is given the port of a tap of the peer, whose session records into a file. */
async function throughTap<T>(bench: Bench, use: (port: number) => Promise<T>): Promise<T> {
  const watched = startWorker()
  await watched.ready()
  const url = `http://127.0.0.1:${bench.port}/`
  const endpoint: Endpoint = {
    ...endpointFor('polling', url),
    method: 'tap',
    tap: defaultTapSettings,
  }
  const listens = watched.until(({ listening }) => listening !== null)
  await start(watched, endpoint, bench.capturePath)
  const { listening } = await listens
  const used = await use(Number(new URL(listening ?? '').port))
  await watched.remote.stop()
  await watched.close()
  return used
}

interface Waits {
  readonly p50: number
  readonly p95: number
}

/** In ms, of polls one after the other on a kept connection: through a tap less those without. */
async function addedWaits(bench: Bench): Promise<Waits> {
  const direct = await polls(bench.port, bench.scaled(2000))
  const through = await throughTap(bench, (port) => polls(port, bench.scaled(2000)))
  const at = (share: number) =>
    (through[Math.floor(through.length * share)] as number) -
    (direct[Math.floor(direct.length * share)] as number)
  return { p50: at(0.5), p95: at(0.95) }
}

/** How long each took, in ms, rising. */
async function polls(port: number, count: number): Promise<readonly number[]> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 })
  const times: number[] = []
  for (let n = 0; n < count; n++) {
    const from = performance.now()
    const [response] = await once(http.get({ port, path: '/poll', agent }), 'response')
    await once(response.resume(), 'end')
    times.push(performance.now() - from)
  }
  agent.destroy()
  return times.sort((a, b) => a - b)
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number
}
