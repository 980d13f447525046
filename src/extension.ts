// Builds Lifeline's parts and joins them.

import { join } from 'node:path'
import { type ExtensionContext, Uri } from 'vscode'
import { createApi, type LifelineApi } from './host/api.ts'
import { registerCommands } from './host/commands/commands.ts'
import { createConnectCommands } from './host/commands/connectCommands.ts'
import { createErrorActions } from './host/commands/errorActions.ts'
import { createKeptFilters } from './host/commands/keptFilters.ts'
import { createKeptMessages } from './host/commands/keptMessages.ts'
import { createProfileCommands, scopeOf } from './host/commands/profileCommands.ts'
import { chooseOthers } from './host/commands/togetherCommands.ts'
import { createConnector } from './host/connect/connect.ts'
import { rememberUrl } from './host/connect/recentUrls.ts'
import { createDemoProcess } from './host/demoProcess.ts'
import { createProfileCodeLens } from './host/profiles/profileCodeLens.ts'
import { createProfileDiagnostics } from './host/profiles/profileDiagnostics.ts'
import { createProfilesTree } from './host/profiles/profilesTree.ts'
import { createReferenceCompletion } from './host/profiles/referenceCompletion.ts'
import { createProfiles } from './host/profiles/savedProfiles.ts'
import { createCaptureFacts } from './host/sessions/captureFacts.ts'
import { createCaptureFolder } from './host/sessions/captureFolder.ts'
import type { HostSession } from './host/sessions/hostSession.ts'
import { createReplays } from './host/sessions/replays.ts'
import { createSessions, type Sessions } from './host/sessions/sessions.ts'
import { createSessionsTree } from './host/sessions/sessionsTree.ts'
import { createStatusItem } from './host/sessions/statusItem.ts'
import { copySelected, copyTimeline, saveTimeline } from './host/timeline/exportTimeline.ts'
import { createKeptHabits } from './host/timeline/keptHabits.ts'
import { openRule } from './host/timeline/openRule.ts'
import { createPayloadDocuments } from './host/timeline/payloadDocument.ts'
import { saveText } from './host/timeline/saveText.ts'
import { streamsBeside } from './host/timeline/streamsBeside.ts'
import { createTimelines, type Timelines } from './host/timeline/timelines.ts'
import { createNetworkFinder } from './host/variables/networkFinder.ts'
import { createSecrets } from './host/variables/secrets.ts'
import { createVariables } from './host/variables/windowVariables.ts'
import { createLog } from './host/window/log.ts'
import { captureFolderPath, readCaptureSettings, readLimits } from './host/window/settings.ts'

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
  const payloads = own(createPayloadDocuments(sessions))
  const profileCommands = createProfileCommands(profiles, secrets)
  const connect = createConnectCommands({
    connector,
    secrets,
    memento,
    scopeOf: (origin) => scopeOf(origin, profiles),
    save: profileCommands.save,
    addToProfile: profileCommands.addHeader,
  })
  const errors = createErrorActions({ connector, profiles, profileCommands, connect, secrets, log })
  const actions = {
    reconnect: async (session: HostSession) => void (await connector.reconnect(session)),
    openPayload: payloads.open,
    openDifference: payloads.compare,
    streamsBeside: (session: HostSession) => streamsBeside(session, sessions.live),
    openRule: (id: string) => openRule(context.extensionUri, id),
    habits: createKeptHabits(memento),
    filters: createKeptFilters(profiles, profileCommands),
    messages: createKeptMessages(profiles, profileCommands),
    copyExport: copyTimeline,
    copySelected,
    saveExport: saveTimeline,
    saveText,
    chooseOthers: (shown: readonly HostSession[]) => chooseOthers(sessions, shown),
    ...errors,
  }
  const timelines: Timelines = own(createTimelines({ sessions, dist, actions, log }))
  const demoServer = own(createDemoProcess(join(dist.fsPath, 'demo.js'), log))
  const statusItem = own(createStatusItem(sessions))
  const replays = own(createReplays(join(dist.fsPath, 'replay.js'), log))
  const facts = createCaptureFacts(context.workspaceState)
  const tree = own(createSessionsTree({ sessions, shown: timelines, facts }))
  const profilesTree = own(createProfilesTree(profiles, demoServer))
  own(createProfileCodeLens(profiles))
  own(createReferenceCompletion(profiles))
  own(createProfileDiagnostics(profiles))
  const selected = { selectedWith: tree.selectedWith, profilesWith: profilesTree.selectedWith }
  const shared = { sessions, timelines, demoServer, replays }
  const given = { ...shared, ...selected, connector, connect, profiles: profileCommands, log }
  own(registerCommands(given))
  return createApi({ ...shared, profiles, statusItem }, connector, tree)
}

/** Every session gets its last frame. */
export async function deactivate(): Promise<void> {
  await running?.closeAll(deactivationMs)
  running = null
}
