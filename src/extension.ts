// Builds Lifeline's parts and joins them.

import { join } from 'node:path'
import { type ExtensionContext, Uri } from 'vscode'
import { createApi, type LifelineApi } from './host/api.ts'
import { createCaptureFolder } from './host/captureFolder.ts'
import { registerCommands } from './host/commands.ts'
import { createConnector } from './host/connect.ts'
import { createDemoServer } from './host/demoServer.ts'
import { copyDiagram, saveTimeline } from './host/exportTimeline.ts'
import type { HostSession } from './host/hostSession.ts'
import { createLog } from './host/log.ts'
import { createNetworkFinder } from './host/networkFinder.ts'
import { createPayloadDocuments } from './host/payloadDocument.ts'
import { createProfileCodeLens } from './host/profileCodeLens.ts'
import { createProfileCommands, scopeOf } from './host/profileCommands.ts'
import { createProfileDiagnostics } from './host/profileDiagnostics.ts'
import { createProfiles } from './host/profiles.ts'
import { createProfilesTree } from './host/profilesTree.ts'
import { rememberUrl } from './host/recentUrls.ts'
import { createSecrets } from './host/secrets.ts'
import { createSessions, type Sessions } from './host/sessions.ts'
import { createSessionsTree } from './host/sessionsTree.ts'
import { captureFolderPath, readCaptureSettings, readLimits } from './host/settings.ts'
import { createStatusItem } from './host/statusItem.ts'
import { createTimelines, type Timelines } from './host/timelines.ts'
import { createVariables } from './host/variables.ts'

/** VS Code gives an extension 5 s to end. */
const deactivationMs = 4000

let running: Sessions | null = null

/** No traffic, no certificates, no captures are touched here: each waits until it is asked for. */
export function activate(context: ExtensionContext): LifelineApi {
  const own = <T extends { dispose(): unknown }>(part: T): T => {
    context.subscriptions.push(part)
    return part
  }
  const memento = context.globalState
  const dist = Uri.joinPath(context.extensionUri, 'dist')
  const log = own(createLog())
  const sessions = own(
    createSessions({
      workerPath: join(dist.fsPath, 'worker.js'),
      captures: createCaptureFolder(() => captureFolderPath(context)),
      networkFor: createNetworkFinder(log).settingsFor,
      limits: readLimits,
      keep: () => readCaptureSettings().keep,
      log,
    }),
  )
  running = sessions
  const secrets = own(createSecrets(context))
  const variables = createVariables({ secrets })
  const profiles = own(createProfiles(context))
  const connector = createConnector({
    sessions,
    log,
    timelines: () => timelines,
    resolve: async (origin) => variables.resolve(origin.endpoint, await scopeOf(origin, profiles)),
    remember: ({ endpoint }) => rememberUrl(memento, endpoint),
  })
  const reconnect = async (session: HostSession) => {
    await connector.reconnect(session)
  }
  const payloads = own(createPayloadDocuments(sessions))
  const acts = { reconnect, openPayload: payloads.open, copyDiagram, save: saveTimeline }
  const timelines: Timelines = own(createTimelines({ sessions, dist, acts, log }))
  const demoServer = own(createDemoServer(join(dist.fsPath, 'demo.js'), log))
  const statusItem = own(createStatusItem(sessions))
  const tree = own(createSessionsTree(sessions))
  own(createProfilesTree(profiles))
  own(createProfileCodeLens(profiles))
  own(createProfileDiagnostics(profiles))
  const profileCommands = createProfileCommands(profiles, secrets)
  const parts = { sessions, timelines, connector, profiles: profileCommands, demoServer, memento }
  own(registerCommands({ ...parts, log }))
  return createApi({ sessions, profiles, timelines, statusItem, demoServer }, connector, tree)
}

/** Every session gets its last frame. */
export async function deactivate(): Promise<void> {
  await running?.closeAll(deactivationMs)
  running = null
}
