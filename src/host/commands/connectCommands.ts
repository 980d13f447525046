// The commands that connect to what the user types: "Connect…" with its headers, and "Add Header…" to a session.

import type { Memento } from 'vscode'
import type { ClientMethod } from '../../shared/endpoint/endpoint.ts'
import { isClientMethod } from '../../shared/endpoint/methods.ts'
import { nameSecretAfter } from '../../shared/secrets/nameSecretsAfter.ts'
import { shortName } from '../../shared/url/names.ts'
import type { Connector } from '../connect/connect.ts'
import { askEndpoint, type ConnectInputOptions } from '../connect/connectInput.ts'
import { type GivenHeader, headerName, renameSecrets, withHeader } from '../connect/givenHeader.ts'
import { askHeader } from '../connect/headerForm.ts'
import { readRecentUrls } from '../connect/recentUrls.ts'
import { tapEndpoint } from '../connect/tapChoices.ts'
import { askTap } from '../connect/tapInput.ts'
import { type HostSession, isOfProfile, type Origin } from '../sessions/hostSession.ts'
import { peersOf } from '../variables/peers.ts'
import type { Secrets } from '../variables/secrets.ts'
import { secretOwnerOf, type VariableScope } from '../variables/windowVariables.ts'
import { tell } from '../window/dialogs.ts'
import { readEndpointDefaults } from '../window/settings.ts'

export interface ConnectCommands {
  /** Asks for an endpoint, with its method where none is given, and connects to it. */
  connect(method?: ClientMethod): Promise<void>
  /** Asks for a server, and taps it. */
  tap(): Promise<void>
  /** Asks for an endpoint to connect to; undefined after Escape. Its secrets are kept by then. */
  ask(title: string): Promise<Origin | undefined>
  /**
   * Asks for a header, or with `only` for what tells who asks, and connects with it in the session's place. A secret
   * goes to the secret storage of the session's profile or, where it has none, of its servers.
   */
  addHeader(session: HostSession, only?: 'credentials'): Promise<void>
  /** Asks for the URL again, filled in, and connects to it in the session's place, with all else as it was. */
  changeUrl(session: HostSession): Promise<void>
}

export interface ConnectCommandParts {
  readonly connector: Connector
  readonly secrets: Secrets
  readonly memento: Memento
  /** The variables that apply to what a session was started from. */
  readonly scopeOf: (origin: Origin) => Promise<VariableScope>
  readonly save: (session: HostSession) => Promise<void>
  readonly addToProfile: (origin: Origin, given: GivenHeader) => Promise<void>
}

export function createConnectCommands(parts: ConnectCommandParts): ConnectCommands {
  const { connector, secrets, memento } = parts

  async function ask(
    options: Pick<ConnectInputOptions, 'method' | 'title'>,
  ): Promise<Origin | undefined> {
    const recent = readRecentUrls(memento)
    const answer = await askEndpoint({ recent, defaults: readEndpointDefaults(), ...options })
    if (!answer) return undefined
    const { endpoint } = answer
    const name = shortName(endpoint.url)
    if (answer.secrets.length === 0) return { name, endpoint }
    const scope = { secretOwner: peersOf(endpoint).join(', ') }
    for (const secret of answer.secrets) {
      await secrets.keep(scope.secretOwner, secret.name, secret.value)
    }
    return { name, endpoint, scope }
  }

  async function changeServer(session: HostSession): Promise<void> {
    const { origin } = session
    const { url, tap } = origin.endpoint
    // What else a foreign capture asks for was meant for its own server.
    const plain = tapEndpoint(url, tap?.port ?? null)
    const changes = origin.fromCapture && plain.ok ? plain.value : origin.endpoint
    const endpoint = await askTap({ recent: readRecentUrls(memento), changes })
    if (!endpoint) return
    const scope = origin.fromCapture ? undefined : origin.scope
    await connector.replace(session, { name: shortName(endpoint.url), endpoint, scope })
  }

  return {
    async connect(method) {
      const origin = await ask({ method })
      if (origin) await connector.connect(origin)
    },
    async tap() {
      const endpoint = await askTap({ recent: readRecentUrls(memento) })
      if (endpoint) await connector.connect({ name: shortName(endpoint.url), endpoint })
    },
    ask: (title) => ask({ title }),
    async addHeader(session, only) {
      const { origin } = session
      const { method } = origin.endpoint
      if (!isClientMethod(method)) return void tell(ownRequests(session.name))
      const credentialsOnly = only === 'credentials'
      const asked = await askHeader({ subject: session.name, method, credentialsOnly })
      if (!asked) return
      const scope = await parts.scopeOf(origin)
      const ofProfile = isOfProfile({ ...origin, scope })
      // One file's profiles share the owner of their secrets, so each has names of its own.
      const given = ofProfile
        ? renameSecrets(asked, (name) => nameSecretAfter(origin.name, name))
        : asked
      const endpoint = withHeader(origin.endpoint, given)
      const own = scope.secretOwner ?? peersOf(endpoint).join(', ')
      const owner = ofProfile ? secretOwnerOf(scope) : own
      for (const secret of given.secrets) await secrets.keep(owner, secret.name, secret.value)
      const isPlain = ofProfile || origin.fromCapture || given.secrets.length === 0
      const next = await connector.replace(session, {
        ...origin,
        endpoint,
        ...(!isPlain && { scope: { ...scope, secretOwner: owner } }),
      })
      if (!next) return
      const keep = ofProfile
        ? { 'Add to Profile': () => parts.addToProfile({ ...origin, scope }, given) }
        : { 'Save as Profile…': () => parts.save(next) }
      tell(`“${next.name}” was connected again with the header ${headerName(given)}.`, keep)
    },
    async changeUrl(session) {
      const { origin } = session
      const { url, method } = origin.endpoint
      if (!isClientMethod(method)) return await changeServer(session)
      // What else a foreign capture asks for was meant for its own server.
      const base = origin.fromCapture ? undefined : origin.endpoint
      const options = { recent: readRecentUrls(memento), defaults: readEndpointDefaults() }
      const answer = await askEndpoint({ ...options, changes: { url, method, base } })
      if (!answer) return
      const { endpoint } = answer
      const before = base && origin.scope
      const scope = { ...before, secretOwner: before?.secretOwner ?? peersOf(endpoint).join(', ') }
      for (const secret of answer.secrets) {
        await secrets.keep(scope.secretOwner, secret.name, secret.value)
      }
      await connector.replace(session, {
        name: shortName(endpoint.url),
        endpoint,
        scope: answer.secrets.length > 0 ? scope : before,
      })
    },
  }
}

function ownRequests(name: string): string {
  return `“${name}” is a tap: what it records are the requests of your program, which sends headers of its own.`
}
