// Entry point of a relay's thread: nothing that records, decodes or draws holds up what passes.

import { parentPort, workerData } from 'node:worker_threads'
import type { FaultWay, TapCut, TapFault } from '../../shared/session/tapFaults.ts'
import type { Injection, RelayVerdict } from './hold/holdOrders.ts'
import type { RelayEvent, RelayNews } from './relayEvents.ts'
import { createRelayServer, failureOf, type RelayPlan } from './relayServer.ts'
import { createTeller, type RelayFigures } from './teller.ts'

export interface RelayTask {
  readonly plan: RelayPlan
  readonly figures: RelayFigures
}

export type RelayOrder =
  | { readonly kind: 'stop' }
  | { readonly kind: 'allow'; readonly host: string }
  | { readonly kind: 'faults'; readonly faults: readonly TapFault[] }
  | { readonly kind: 'cut'; readonly cut: TapCut }
  | { readonly kind: 'belong'; readonly pairs: ReadonlyMap<number, number> }
  | { readonly kind: 'hold'; readonly ways: FaultWay | null }
  | { readonly kind: 'verdict'; readonly verdict: RelayVerdict }
  | { readonly kind: 'inject'; readonly injection: Injection }

async function run({ plan, figures }: RelayTask): Promise<void> {
  const port = parentPort
  if (port === null) throw new Error('The relay is started by a session, not by hand.')
  const tell = (news: RelayNews, transfer: ArrayBuffer[] = []) => port.postMessage(news, transfer)
  const teller = createTeller(figures, (events) => {
    tell({ kind: 'events', events }, buffersOf(events))
  })
  const server = createRelayServer(plan, teller, (failure) => tell({ kind: 'failed', failure }))
  port.on('message', async (order: RelayOrder) => {
    switch (order.kind) {
      case 'allow':
        server.allow(order.host)
        break
      case 'faults':
        server.setFaults(order.faults)
        break
      case 'cut':
        server.cut(order.cut)
        break
      case 'belong':
        server.belong(order.pairs)
        break
      case 'hold':
        server.hold(order.ways)
        break
      case 'verdict':
        server.verdict(order.verdict)
        break
      case 'inject':
        server.inject(order.injection)
        break
      case 'stop':
        await server.stop()
        // Events of the last sockets are told in the next turn.
        setImmediate(() => tell({ kind: 'stopped' }))
    }
  })
  try {
    tell({ kind: 'listening', port: await server.listen() })
  } catch (error) {
    tell({ kind: 'failed', failure: failureOf(error) })
  }
}

/** They are copies, which nobody here needs any more. */
function buffersOf(events: readonly RelayEvent[]): ArrayBuffer[] {
  return events.flatMap((event) =>
    event.kind === 'body' ? [event.bytes.buffer as ArrayBuffer] : [],
  )
}

void run(workerData as RelayTask)
