// Lifeline's commands: a table from id to what it does.

import { commands, Disposable } from 'vscode'
import type { TimelineAction } from '../../shared/calls/messages.ts'
import { RpcError } from '../../shared/calls/rpc.ts'
import type { Endpoint } from '../../shared/endpoint/endpoint.ts'
import { allMethods, methods } from '../../shared/endpoint/methods.ts'
import type { ExportFormat } from '../../shared/session/exportFormats.ts'
import { toError } from '../../shared/unknown.ts'
import type { Connector } from '../connect/connect.ts'
import { connectDemo, type DemoProcess, openDemo, startDemo } from '../demoProcess.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import type { Replays } from '../sessions/replays.ts'
import type { Sessions } from '../sessions/sessions.ts'
import { copyTimeline, saveTimeline } from '../timeline/exportTimeline.ts'
import type { Timelines } from '../timeline/timelines.ts'
import { tell, tellProblem } from '../window/dialogs.ts'
import type { Log } from '../window/log.ts'
import { isCancelled, tellCancelled } from '../window/slowWork.ts'
import { createCaptureCommands } from './captureCommands.ts'
import { createChooseSession, createChooseSeveral } from './chooseSession.ts'
import { createCompareCommand } from './compareCommand.ts'
import type { ConnectCommands } from './connectCommands.ts'
import type { ProfileCommands } from './profileCommands.ts'
import { createReplayCommands } from './replayCommands.ts'
import { askAndSend } from './sendInput.ts'
import { timelineCommands } from './timelineCommands.ts'
import { createTogetherCommands } from './togetherCommands.ts'
import { whichMethod } from './whichMethod.ts'

export interface CommandParts {
  readonly sessions: Sessions
  readonly timelines: Timelines
  readonly connector: Connector
  readonly profiles: ProfileCommands
  readonly demoServer: DemoProcess
  readonly replays: Replays
  readonly connect: ConnectCommands
  /** What of the Sessions view is meant with an item: see `SessionsTree`. */
  readonly selectedWith: (item: unknown) => readonly unknown[]
  /** The same of the Profiles view. */
  readonly profilesWith: (item: unknown) => readonly unknown[]
  readonly log: Log
}

/** Its tour, by extension and id. */
const walkthrough = 'lifeline.lifeline#lifeline.start'

type Handler = (item?: unknown) => Promise<unknown>

export function registerCommands(parts: CommandParts): Disposable {
  const registered = Object.entries(commandTable(parts)).map(([name, handler]) => {
    const id = `lifeline.${name}`
    return commands.registerCommand(id, (item?: unknown) => run(id, () => handler(item), parts.log))
  })
  return Disposable.from(...registered)
}

/** What a session refuses is said as it is; anything else is a fault of ours. */
async function run(id: string, act: () => Promise<unknown>, log: Log): Promise<void> {
  try {
    await act()
  } catch (error) {
    if (isCancelled(error)) return tellCancelled('Nothing was opened.')
    const message = toError(error).message
    if (error instanceof RpcError && error.code !== 'internal') {
      tellProblem(message)
      return
    }
    log.fault(id, error)
    tellProblem(`Lifeline could not do that: ${message}`, { 'Show Log': () => log.show() })
  }
}

function commandTable(parts: CommandParts): Readonly<Record<string, Handler>> {
  const { sessions, timelines, connector, profiles, demoServer } = parts
  const choose = createChooseSession(sessions, timelines)
  const chooseSeveral = createChooseSeveral(sessions, timelines)
  const captures = createCaptureCommands(parts)
  const replay = createReplayCommands({ ...parts, captures })
  const together = createTogetherCommands(parts)
  const nothingConnected = 'Nothing is connected.'
  const noTimeline = 'There is no timeline yet. Connect to an endpoint first.'

  const connectTo = (name: string, endpoint: Endpoint) => connector.connect({ name, endpoint })

  /** One of the window's sessions, the one in front first. */
  const chooseAny = (item: unknown, question: string) => {
    return choose({ item, candidates: sessions.all, question, none: noTimeline })
  }

  const perform = (action: TimelineAction) => async () => timelines.current?.perform(action)

  async function withSession(
    item: unknown,
    question: string,
    act: (session: HostSession) => Promise<unknown>,
  ): Promise<void> {
    const session = await chooseAny(item, question)
    if (session) await act(session)
  }

  async function connectProfile(item: unknown): Promise<void> {
    const origin = await profiles.choose(item)
    if (origin) await connector.connect(origin)
  }

  /** As the timeline in front shows it, where that does. */
  const shownOf = (session: HostSession) => {
    const { current } = timelines
    const panel = current?.sessions.includes(session) ? current : timelines.find(session)
    return panel?.shownOf(session) ?? null
  }

  const copyAs = (format: ExportFormat) => (item: unknown) => {
    return withSession(item, 'Which timeline should be copied?', (session) =>
      copyTimeline(session, format, shownOf(session)),
    )
  }

  async function disconnect(item: unknown): Promise<void> {
    const chosen = await chooseSeveral({
      items: parts.selectedWith(item),
      candidates: sessions.live,
      question: 'Which sessions should be disconnected?',
      none: nothingConnected,
    })
    await Promise.all(chosen.map((session) => session.stop()))
  }

  async function disconnectAll(): Promise<void> {
    if (sessions.live.length === 0) return tell(nothingConnected)
    await Promise.all(sessions.live.map((session) => session.stop()))
  }

  async function send(item: unknown): Promise<void> {
    const focused = timelines.current
    // Several sessions have no form to send: it is asked.
    if (item === undefined && focused?.active && focused.sessions.length === 1) {
      const { session } = focused
      if (!session.readOnly) return focused.perform('send')
      return tell('This is a saved capture. Reconnect to send.', {
        Reconnect: () => connector.reconnect(session),
      })
    }
    const session = await choose({
      item,
      candidates: sessions.live.filter(({ status }) => methods[status.method].sends),
      question: 'On which WebSocket should the message be sent?',
      none: 'No WebSocket is connected.',
    })
    if (session) await askAndSend(session)
  }

  return {
    connect: () => parts.connect.connect(),
    ...Object.fromEntries(
      allMethods.map((name) => [methods[name].command, () => parts.connect.connect(name)]),
    ),
    [methods.tap.command]: () => parts.connect.tap(),
    addHeader: (item) => {
      return withSession(item, 'Which connection should send the header?', (session) =>
        parts.connect.addHeader(session),
      )
    },
    connectProfile,
    'profile.connect': connectProfile,
    'profile.edit': profiles.edit,
    'profile.trust': async () => commands.executeCommand('workbench.trust.manage'),
    duplicateProfile: profiles.duplicate,
    deleteProfile: profiles.remove,
    copyProfileCurl: profiles.copyCurl,
    saveProfile: (item) => withSession(item, 'Which connection should be saved?', profiles.save),
    editProfiles: profiles.edit,
    disconnect,
    disconnectAll,
    reconnect: (item) =>
      withSession(item, 'Which session should be connected again?', connector.reconnect),
    send,
    showTimeline: (item) => {
      return withSession(item, 'Which timeline should be shown?', async (session) =>
        timelines.show(session),
      )
    },
    copyDiagram: copyAs('ascii'),
    copyShort: copyAs('short'),
    copyMermaid: copyAs('mermaid'),
    copyMarkdown: copyAs('markdown'),
    copyNdjson: copyAs('ndjson'),
    whichMethod: (item) => {
      return whichMethod(item, {
        timelines,
        choose: (given) => chooseAny(given, 'For which session?'),
        any: () => sessions.all.length > 0,
      })
    },
    saveTimeline: (item) => {
      return withSession(item, 'Which timeline should be saved?', (session) =>
        saveTimeline(session, shownOf(session)),
      )
    },
    openTogether: (item) => together.open(parts.selectedWith(item)),
    addToTimeline: (item) => together.add(parts.selectedWith(item)),
    connectAll: (item) => together.connectAll(parts.profilesWith(item)),
    compareMethods: createCompareCommand(parts),
    openCapture: captures.open,
    deleteCapture: (item) => captures.delete(parts.selectedWith(item)),
    replayCapture: replay.start,
    replayToServer: replay.toServer,
    stopReplay: () => replay.stop(),
    getStarted: async () =>
      commands.executeCommand('workbench.action.openWalkthrough', walkthrough),
    startDemoServer: () => startDemo(demoServer, connectTo),
    async connectDemo() {
      const { url } = demoServer
      await (url === null ? startDemo(demoServer, connectTo) : connectDemo(url, connectTo))
    },
    openDemo: () => openDemo(demoServer),
    async stopDemoServer() {
      if (demoServer.url === null) return tell('The demo server is not running.')
      await demoServer.stop()
      tell('The demo server has stopped.')
    },
    forgetSecret: profiles.forgetSecret,
    ...Object.fromEntries(
      Object.entries(timelineCommands).map(([name, action]) => [
        `timeline.${name}`,
        perform(action),
      ]),
    ),
  }
}
