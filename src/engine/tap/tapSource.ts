// The source of a tap: makes frames of what a program of the user's and its server say to each other.

import type { EndDetail } from '../../shared/frame/frame.ts'
import type { SessionPlan } from '../../shared/session/sessionPlan.ts'
import type { Relay, RelayHearing } from '../relay/relay.ts'
import type { RelayEvent } from '../relay/relayEvents.ts'
import type { RelayPlan } from '../relay/relayServer.ts'
import type { Source, SourceIo } from '../session/source.ts'
import { endedByError } from '../session/toldEnd.ts'
import { createPollMemory, type PollMemory } from '../transports/polling/pollMemory.ts'
import { createConversations } from './conversations.ts'
import { createInjections } from './holds/sendInto.ts'
import { createTapHolds } from './holds/tapHolds.ts'
import { cannotListen } from './listenFault.ts'
import { createLosses } from './losses.ts'
import { createRecent } from './recent.ts'
import type { TapContext } from './tapContext.ts'
import { createTapFaults } from './tapFaults.ts'
import { tapLimits } from './tapLimits.ts'
import { createTapPair, type TapPair } from './tapPair.ts'
import { createTapSecrets, keptSecrets } from './tapSecrets.ts'
import { listeningAt, tapServer } from './tapServer.ts'

/** `startRelay` starts nothing before `listen`. */
export function createTapSource(
  plan: SessionPlan,
  io: SourceIo,
  startRelay: (plan: RelayPlan, hear: RelayHearing) => Relay,
): Source {
  const { resolved, network, secrets, limits } = plan
  const settings = resolved.tap
  if (settings === null) throw new Error('A tap has settings.')
  const relay = startRelay(
    { resolved, network, secrets, limits, settings },
    { events: handleEvents, failed: (error) => ended.resolve(error) },
  )
  const ended = Promise.withResolvers<Error | null>()
  const losses = createLosses(io)
  const faults = createTapFaults(relay, io)
  const pairs = new Map<number, TapPair>()
  const polls = createRecent<PollMemory>(tapLimits.polls)
  const told = createRecent<true>(tapLimits.told)
  /** Work that goes on behind events. */
  const going = new Set<Promise<void>>()
  /** As the relay is told. */
  const belongs = new Map<number, number>()
  let address: string | null = null
  let takenBytes = 0

  const injections = createInjections(relay, limits, socketOf)
  const { holds, holding } = createTapHolds({
    ...{ relay, io, endpoint: plan.endpoint, limits, sendInto: injections.sendInto },
  })

  const context: TapContext = {
    io,
    limits,
    server: tapServer(resolved),
    conversations: createConversations(io.nextConnection),
    ...{ holding, injections },
    secrets: settings.keepCredentials ? keptSecrets : createTapSecrets(io.hidePassing),
    pollMemory(question, request) {
      const memory = polls.get(question) ?? createPollMemory({ change: null, request }, limits)
      polls.set(question, memory)
      return memory
    },
    taken(bytes) {
      takenBytes += bytes
      if (going.size > 0 || !isHandling) report()
    },
    goesOn(work) {
      const one = work.catch(io.fail).finally(() => going.delete(one))
      going.add(one)
    },
    isNews(sentence) {
      const isKnown = told.get(sentence) !== null
      told.set(sentence, true)
      return !isKnown
    },
  }
  let isHandling = false

  function report(): void {
    if (takenBytes === 0) return
    relay.taken(takenBytes)
    takenBytes = 0
  }

  function handleEvents(batch: readonly RelayEvent[]): void {
    isHandling = true
    try {
      const moved = new Map<number, number>()
      for (const event of batch) {
        handle(event)
        noteMove(event.id, moved)
      }
      if (moved.size > 0) relay.belong(moved)
    } catch (error) {
      io.fail(error)
    } finally {
      isHandling = false
      report()
    }
  }

  function handle(event: RelayEvent): void {
    const { id } = event
    if (event.kind === 'opened') pairs.set(id, createTapPair(context, io, losses, event.client))
    else if (event.kind === 'fault' && !pairs.has(id)) tellFault(event.message)
    else pairs.get(id)?.handle(event)
    if (event.kind === 'closed') pairs.delete(id)
  }

  function noteMove(id: number, moved: Map<number, number>): void {
    const pair = pairs.get(id)
    if (pair === undefined) {
      belongs.delete(id)
      return
    }
    const connection = pair.connection()
    if (connection === null || belongs.get(id) === connection) return
    belongs.set(id, connection)
    moved.set(id, connection)
  }

  function tellFault(message: string): void {
    io.emitLocal({ kind: 'notice', connection: 0, code: 'tap-fault', detail: { message } })
  }

  function pairsOf(connection: number): readonly number[] {
    return [...pairs].filter(([, pair]) => pair.connection() === connection).map(([id]) => id)
  }

  function socketOf(connection: number): number | null {
    return pairsOf(connection).findLast((id) => pairs.get(id)?.isSocket()) ?? null
  }

  async function listen(): Promise<EndDetail | null> {
    try {
      const port = await relay.listen()
      const { tap, server } = listeningAt(resolved.url, port)
      address = tap
      const message = `Point your program to ${tap} instead of ${server}.`
      io.emitLocal({ kind: 'notice', connection: 0, code: 'tap-listening', detail: { message } })
      io.enter('open', null)
      return null
    } catch (error) {
      const { code, ...detail } = cannotListen(error, settings?.port ?? null)
      io.failed(io.emitLocal({ kind: 'error', connection: 0, code, detail }))
      return { by: 'error', message: detail.message, brief: endedByError }
    }
  }

  async function stop(): Promise<void> {
    address = null
    faults.stop()
    // What waits is not lost by stopping.
    holds.set(null)
    await relay.stop()
    while (going.size > 0) await Promise.all(going)
    losses.flush()
  }

  return {
    method: 'tap',
    listening: () => address,
    addedMs: relay.addedMs,
    allowHost: relay.allow,
    faults,
    holds,
    async run() {
      io.enter('connecting', null)
      const failure = await listen()
      if (failure !== null) return failure
      if (!io.signal.aborted) {
        io.signal.addEventListener('abort', () => ended.resolve(null), { once: true })
        const error = await ended.promise
        if (error !== null) {
          const { code, ...detail } = cannotListen(error, settings.port)
          io.failed(io.emitLocal({ kind: 'error', connection: 0, code, detail }))
          await stop()
          return { by: 'error', message: detail.message, brief: endedByError }
        }
      }
      await stop()
      return { by: 'user', message: 'The tap was stopped.' }
    },
    close: stop,
  }
}
