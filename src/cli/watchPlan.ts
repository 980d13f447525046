// The plan of a session that the command line asks for: its endpoint with values in place of references, and the network.

import { resolve } from 'node:path'
import { getCACertificates } from 'node:tls'
import { recordedEndpoint } from '../engine/recordedEndpoint.ts'
import { defaultLimits } from '../shared/limits.ts'
import { resolveVariables } from '../shared/secrets/variables.ts'
import { chooseProxy, mayUseTls } from '../shared/session/proxyChoice.ts'
import type { NetworkSettings, SessionPlan } from '../shared/session/sessionPlan.ts'
import { visibleLine } from '../shared/text/visibleText.ts'
import { shortName } from '../shared/url/names.ts'
import type { WatchOptions } from './command.ts'
import { createLookup } from './lookUp.ts'
import { UsageError } from './usageError.ts'
import { watchedEndpoint } from './watchedEndpoint.ts'

/** `capture`: the file in which it is kept. Rejects with `UsageError`. */
export async function planOf(watch: WatchOptions, capture: string | null): Promise<SessionPlan> {
  const watched = watchedEndpoint(watch, process.cwd())
  for (const note of watched.notes) console.error(`lifeline: ${visibleLine(note)}`)
  const variables = await resolveVariables(watched.endpoint, createLookup(watched, process.env))
  if (!variables.ok) {
    throw new UsageError(variables.problems.map(({ message }) => message).join('\n'))
  }
  const { resolved, recorded, secrets } = variables.value
  const endpoint = recordedEndpoint({ endpoint: recorded, resolved })
  if (endpoint.protobuf?.fault !== undefined) throw new UsageError(endpoint.protobuf.fault)
  return {
    name: watched.name ?? shortName(recorded.url),
    endpoint,
    resolved,
    secrets,
    network: networkOf(resolved),
    limits: defaultLimits,
    capturePath: capture === null ? null : resolve(capture),
  }
}

/** The network facts that VS Code would give, from the environment and the system. */
function networkOf({ url }: { readonly url: string }): NetworkSettings {
  return {
    ...chooseProxy(url, { proxy: '', noProxy: [], env: process.env }),
    // Node trusts its own list alone; a browser and VS Code trust the system's as well.
    caPems: mayUseTls(new URL(url)) ? getCACertificates('system') : null,
  }
}
