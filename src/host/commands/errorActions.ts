// The actions that a timeline offers on an error: what fits a session, and what each of them does.

import { CancellationError } from 'vscode'
import { callActions } from '../../shared/calls/callActions.ts'
import type { CallCode } from '../../shared/calls/callCodes.ts'
import { RpcError } from '../../shared/calls/rpc.ts'
import type { Endpoint, Method } from '../../shared/endpoint/endpoint.ts'
import { findReferences } from '../../shared/endpoint/references.ts'
import type { ErrorAction } from '../../shared/frame/actionNames.ts'
import { type ActionFacts, refusedSecrets } from '../../shared/frame/errorActions.ts'
import type { ErrorDetail } from '../../shared/frame/frame.ts'
import { detailOf, offeredActions } from '../../shared/frame/offeredActions.ts'
import { otherUrl, sayUrl } from '../../shared/frame/otherUrl.ts'
import { endpointAs } from '../../shared/profile/endpointAs.ts'
import { mapEndpointText } from '../../shared/profile/mapEndpointText.ts'
import { sendsCredentials } from '../../shared/secrets/sendsCredentials.ts'
import { isBeside } from '../../shared/session/related.ts'
import { withoutPassword } from '../../shared/url/userInfo.ts'
import type { Connector } from '../connect/connect.ts'
import { setFieldText, setPartText } from '../profiles/entryText.ts'
import type { Profiles } from '../profiles/savedProfiles.ts'
import { type HostSession, isLive, type Origin } from '../sessions/hostSession.ts'
import type { Secrets } from '../variables/secrets.ts'
import { secretOwnerOf } from '../variables/windowVariables.ts'
import { pick, tell, tellProblem } from '../window/dialogs.ts'
import type { Log } from '../window/log.ts'
import { askCaptureFolder, askCaptureLimit } from './captureQuestions.ts'
import type { ConnectCommands } from './connectCommands.ts'
import { askOtherUrl } from './otherUrlQuestion.ts'
import { withOwnReferences } from './otherUrlRisk.ts'
import { type ProfileCommands, scopeOf } from './profileCommands.ts'
import { profileOf } from './profileOf.ts'
import { askTrust } from './trustQuestion.ts'

export interface ErrorActions {
  factsOf(session: HostSession): Promise<ActionFacts>
  /** As `PanelApi.keepShow`. */
  keepShow(session: HostSession, paths: readonly string[]): Promise<void>
  /** As `PanelApi.act`: acts on what the session recorded in that frame, and only on what it offers. */
  act(session: HostSession, action: ErrorAction, about: number | CallCode): Promise<void>
}

export interface ErrorActionParts {
  readonly connector: Connector
  readonly profiles: Profiles
  readonly profileCommands: ProfileCommands
  readonly connect: ConnectCommands
  readonly secrets: Secrets
  readonly log: Log
}

type Act = (session: HostSession, detail: Partial<ErrorDetail>) => Promise<unknown>

export function createErrorActions(parts: ErrorActionParts): ErrorActions {
  const { connector, profiles, secrets } = parts

  async function factsOf(session: HostSession): Promise<ActionFacts> {
    const { endpoint } = session.origin
    return {
      method: endpoint.method,
      url: withoutPassword(endpoint.url),
      hasProfile: (await profileOf(session, profiles)) !== undefined,
      isSaved: session.readOnly,
      secretFields: secretFields(endpoint),
      hasCredentials: sendsCredentials(endpoint),
    }
  }

  /** Another endpoint in the session's place, with the variables that the session has. */
  async function replace(session: HostSession, endpoint: Endpoint): Promise<void> {
    const { origin } = session
    const scope = await scopeOf(origin, profiles)
    const kept: Origin = Object.keys(scope).length > 0 ? { ...origin, scope } : origin
    await connector.replace(session, { ...kept, endpoint })
  }

  /** A field with which the session was connected: where its profile has another, it can be kept there. */
  async function offerToKeep(
    session: HostSession,
    [field, value]: readonly [field: string, value: string],
    words: string,
  ): Promise<void> {
    const entry = await profileOf(session, profiles)
    if (!entry?.endpoint || !entry.trusted) return
    const keep = () => profiles.change(entry, (text, at) => setFieldText(text, at, field, value))
    tell(`“${session.name}” was connected ${words}.`, { 'Save in Profile': keep })
  }

  /** Connects again what had to end; what goes on and what is only looked at stays. */
  async function thenConnect(session: HostSession, changed: Promise<boolean>): Promise<void> {
    if ((await changed) && !session.readOnly && !isLive(session)) await connector.reconnect(session)
  }

  const acts: Readonly<Record<ErrorAction, Act>> = {
    async trust(session, { certificate }) {
      const entry = await profileOf(session, profiles)
      const canKeep = entry?.endpoint !== undefined && entry.endpoint !== null && entry.trusted
      const trust = certificate && (await askTrust(certificate, canKeep))
      if (!certificate || !trust) return
      const { fingerprint } = certificate
      if (trust === 'profile' && entry) {
        const place = ['tls', 'fingerprint'] as const
        await profiles.change(entry, (text, at) => setPartText(text, at, place, fingerprint))
      }
      const { endpoint } = session.origin
      await replace(session, { ...endpoint, tls: { ...endpoint.tls, fingerprint } })
    },
    async 'enter-secret'(session, detail) {
      const fields = refusedSecrets(await factsOf(session), detail)
      const name = await chooseSecret(secretsIn(session.origin.endpoint, fields))
      if (name === undefined) return
      try {
        const scope = await scopeOf(session.origin, profiles)
        await secrets.renew(secretOwnerOf(scope), name)
      } catch (error) {
        if (error instanceof CancellationError) return
        throw error
      }
      await connector.replace(session, session.origin)
    },
    'add-credentials': (session) => parts.connect.addHeader(session, 'credentials'),
    async 'connect-as'(session, { fits }) {
      const { endpoint } = session.origin
      if (fits !== undefined) await replace(session, asWanted(fits, endpoint.url, endpoint))
    },
    async 'connect-to'(session, detail) {
      const { endpoint } = session.origin
      const found = otherUrl(endpoint, detail)
      if (found === null) return
      const url = withOwnReferences(found, endpoint.url)
      const next = asWanted(detail.fits ?? endpoint.method, url, endpoint)
      if (!(await askOtherUrl(endpoint, next))) return
      await replace(session, next)
      // Another method may want other fields, too.
      if (next.method !== endpoint.method) return
      await offerToKeep(session, ['url', url], `to ${sayUrl(next.url)}`)
    },
    async 'connect-with'(session, { instead }) {
      if (instead === undefined) return
      const { field, value } = instead
      await replace(session, { ...session.origin.endpoint, [field]: value })
      await offerToKeep(session, [field, value], `with "${field}": "${value}"`)
    },
    'change-url': (session) => parts.connect.changeUrl(session),
    async 'use-free-port'(session) {
      const { endpoint } = session.origin
      if (endpoint.tap === null) return
      await replace(session, { ...endpoint, tap: { ...endpoint.tap, port: null } })
    },
    'show-what-came': async () => undefined,
    retry: (session) => connector.reconnect(session),
    async 'edit-profile'(session) {
      const entry = await profileOf(session, profiles)
      if (entry) await profiles.edit(entry)
      else await parts.profileCommands.save(session)
    },
    'raise-limit': (session) => thenConnect(session, askCaptureLimit()),
    'choose-folder': (session) => thenConnect(session, askCaptureFolder()),
    async 'keep-in-memory'(session) {
      if (!isLive(session)) await connector.keepInMemory(session)
    },
    'show-log': async () => parts.log.show(),
  }

  return {
    factsOf,
    async keepShow(session, paths) {
      const entry = await profileOf(session, profiles)
      if (!entry) return void tellProblem(`“${session.name}” comes from no profile.`)
      if (!(await session.isKeepable(paths.join('\n')))) {
        return void tell('The fields were not saved: one of their paths holds a secret.')
      }
      const kept = await profiles.change(entry, (text, at) =>
        setFieldText(text, at, 'show', paths.length === 0 ? undefined : paths),
      )
      if (kept) tell(`“${entry.name}” shows these fields from now on.`)
    },
    async act(session, action, about) {
      const facts = await factsOf(session)
      if (typeof about === 'string') {
        if (!callActions(about, facts).some(({ name }) => name === action)) throw notOffered()
        return void (await acts[action](session, {}))
      }
      const related = await (await session.api).related(about)
      if (related === null) throw notOffered()
      const { row, cameSeq } = related
      const place = { cameSeq, isBeside: isBeside(related) }
      if (!offeredActions(row.frame, facts, place).includes(action)) throw notOffered()
      await acts[action](session, detailOf(row.frame))
    },
  }
}

function notOffered(): RpcError {
  return new RpcError('bad-argument', 'Nothing here offers that.')
}

/** The endpoint by another method or URL, with what both have. */
function asWanted(method: Method, url: string, endpoint: Endpoint): Endpoint {
  const parsed = endpointAs(method, url, endpoint)
  if (!parsed.ok) {
    const reasons = parsed.problems.map(({ message }) => message).join(' ')
    throw new RpcError('bad-argument', `It cannot be connected that way. ${reasons}`)
  }
  return parsed.value
}

/** The paths of the fields that hold a secret's reference. */
function secretFields(endpoint: Endpoint): readonly string[] {
  const paths: string[] = []
  mapEndpointText(endpoint, (text, path) => {
    if (findReferences(text).some(({ kind }) => kind === 'secret')) paths.push(path)
    return text
  })
  return paths
}

function secretsIn(endpoint: Endpoint, fields: readonly string[]): readonly string[] {
  const names: string[] = []
  mapEndpointText(endpoint, (text, path) => {
    if (!fields.includes(path)) return text
    for (const { kind, name } of findReferences(text)) if (kind === 'secret') names.push(name)
    return text
  })
  return [...new Set(names)]
}

async function chooseSecret(names: readonly string[]): Promise<string | undefined> {
  if (names.length < 2) return names[0]
  return (
    await pick(
      names.map((label) => ({ label, name: label })),
      'Which secret is wrong?',
    )
  )?.name
}
