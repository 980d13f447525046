// (a), (b), (c): what crosses the wire in a second with Lifeline recording, to the bare library alone.

import { alternate, threadTurn } from './alternate.ts'
import type { Bench, Measure, Measurement } from './measure.ts'
import { endpointFor, recordAll, recordPolls } from './watched.ts'

export const webSocketRates: Measurement = async (bench) => [
  await webSocketRate(bench, 1_000_000, 128, 0.2),
  await webSocketRate(bench, 200_000, 2048, 0.4),
]

function webSocketRate(bench: Bench, full: number, size: number, aim: number): Promise<Measure> {
  const count = bench.scaled(full)
  const url = `ws://127.0.0.1:${bench.port}/?count=${count}&size=${size}`
  return alternate(
    { name: `(a) WebSocket, ${count} × ${size} B, to bare ws`, aim },
    bench,
    { client: 'webSocket', count, size },
    () =>
      threadTurn((watched) =>
        recordAll(watched, endpointFor('websocket', url), bench.capturePath, count),
      ),
  )
}

export const sseRate: Measurement = async (bench) => {
  const count = bench.scaled(300_000)
  const url = `http://127.0.0.1:${bench.port}/sse?count=${count}&size=128`
  return [
    await alternate(
      { name: `(b) SSE, ${count} × 128 B, to bare eventsource`, aim: 0.5 },
      bench,
      { client: 'eventSource', count, size: 128 },
      () =>
        threadTurn((watched) =>
          recordAll(watched, endpointFor('sse', url), bench.capturePath, count),
        ),
    ),
  ]
}

export const pollRate: Measurement = async (bench) => {
  const count = bench.scaled(30_000)
  const endpoint = endpointFor('polling', `http://127.0.0.1:${bench.port}/poll`)
  return [
    await alternate(
      { name: `(c) ${count} polls, kept alive, to a bare http loop`, aim: 0.7 },
      bench,
      { client: 'http', count, size: 0 },
      () => threadTurn((watched) => recordPolls(watched, endpoint, bench.capturePath, count)),
    ),
  ]
}
