// "Compare Methods…": sessions that carry the same data, run together for a time, with what each method brings and costs.

import { allMethods, methods } from '../../shared/endpoint/methods.ts'
import { comparisonLimits } from '../../shared/limits.ts'
import { sameFeed } from '../../shared/profile/sameFeed.ts'
import type { Connector } from '../connect/connect.ts'
import { type DemoProcess, demoEndpoint, startOrTell } from '../demoProcess.ts'
import { type HostSession, isLive, type Origin } from '../sessions/hostSession.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Timelines } from '../timeline/timelines.ts'
import { pick, tell } from '../window/dialogs.ts'
import type { ConnectCommands } from './connectCommands.ts'
import type { ProfileCommands } from './profileCommands.ts'
import { chooseSessions } from './togetherCommands.ts'

export interface CompareParts {
  readonly sessions: Sessions
  readonly timelines: Timelines
  readonly connector: Connector
  readonly connect: ConnectCommands
  readonly profiles: ProfileCommands
  readonly demoServer: DemoProcess
}

const least = 2

export function createCompareCommand(parts: CompareParts): () => Promise<void> {
  const { sessions, timelines, connector, connect, profiles, demoServer } = parts

  /** `places`: what an item is, where that is known. */
  async function run(
    origins: readonly Origin[],
    forMs: number | null,
    { name, places }: { readonly name?: string; readonly places?: Places } = {},
  ): Promise<void> {
    const startedAt = Date.now()
    const started = await connector.connectAll(origins)
    if (started.length === 0) return
    if (forMs !== null) stopAfter(started, forMs)
    const comparison = { item: null, time: null, ...places, forMs, startedAt }
    timelines.showTogether(started, { ...(name !== undefined && { name }), comparison })
  }

  async function compareDemo(): Promise<void> {
    const origin = await startOrTell(demoServer, compareDemo)
    if (origin === null) return
    const origins = allMethods.map((method) => ({
      name: methods[method].label,
      endpoint: demoEndpoint(origin, method),
    }))
    const { title, item, time, forMs } = sameFeed
    await run(origins, forMs, { name: title, places: { item, time } })
  }

  async function compareOrigins(origins: readonly Origin[]): Promise<void> {
    const clients = origins.filter(({ endpoint }) => endpoint.tap === null)
    if (clients.length < origins.length)
      tell('Taps are left out: what passes them is up to your program.')
    const wanted = withinLimits(clients)
    if (wanted === null) return
    const time = await pick(times, 'How long should they be compared?')
    if (time) await run(wanted, time.forMs)
  }

  async function compareUrls(): Promise<void> {
    const origins: Origin[] = []
    while (origins.length < comparisonLimits.sessions) {
      const place = `${origins.length + 1} of ${comparisonLimits.sessions}`
      const enough = origins.length < least ? '' : ', or Escape to begin with these'
      const origin = await connect.ask(`Compare methods: endpoint ${place}${enough}`)
      if (!origin) break
      origins.push(origin)
    }
    if (origins.length > 0) await compareOrigins(origins)
  }

  async function compareSessions(): Promise<void> {
    const question = 'Which sessions and captures carry the same data?'
    const wanted = withinLimits(await chooseSessions(sessions, [], question))
    if (wanted === null) return
    const startedAt = Math.min(...wanted.map(({ status }) => status.startedAt ?? Date.now()))
    const comparison = { item: null, time: null, forMs: null, startedAt }
    timelines.showTogether(wanted, { comparison })
  }

  return async () => {
    const choice = await pick(
      [
        {
          label: `$(beaker) ${sameFeed.title}`,
          description: `Demo server, ${sameFeed.forMs / 1000} s`,
          detail: 'Starts the demo server and watches one feed by all four methods',
          act: compareDemo,
        },
        {
          label: '$(list-unordered) Profiles…',
          detail: 'Connects two to four profiles that carry the same data',
          act: async () => compareOrigins(await profiles.chooseSeveral([])),
        },
        {
          label: '$(link) URLs…',
          detail: 'Connects two to four endpoints that carry the same data',
          act: compareUrls,
        },
        {
          label: '$(history) Sessions and Captures…',
          detail: 'What is connected already, or was recorded',
          act: compareSessions,
        },
      ],
      'What should be compared?',
      { title: 'Compare Methods' },
    )
    await choice?.act()
  }
}

interface Places {
  readonly item: string
  readonly time: string
}

const times = [
  { label: '10 s', forMs: 10_000 },
  { label: '60 s', forMs: 60_000 },
  { label: '5 min', forMs: 300_000 },
  { label: 'Until they are stopped', forMs: null },
] as const

/** The first ones, which is said; null of too few, which is said unless nothing was chosen. */
function withinLimits<T>(wanted: readonly T[]): readonly T[] | null {
  const most = comparisonLimits.sessions
  if (wanted.length === 1) tell('Choose two at least: one alone has nothing to be compared with.')
  if (wanted.length < least) return null
  if (wanted.length > most) tell(`Only the first ${most} are compared.`)
  return wanted.slice(0, most)
}

/** What was connected again by then goes on. */
function stopAfter(started: readonly HostSession[], forMs: number): void {
  setTimeout(() => {
    for (const session of started.filter(isLive)) void session.stop()
  }, forMs).unref()
}
