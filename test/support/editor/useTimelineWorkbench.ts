// A VS Code window for the tests of one suite, in which a WebSocket session is connected: its timeline is at hand.

import { after, before } from 'mocha'
import type { FrameLocator, Locator } from 'playwright-core'
import { eventually, longPatienceMs } from '../eventually.ts'
import { type Behaviour, startWsServer, type TestWsServer } from '../servers/wsServer.ts'
import { openWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts'

export interface TimelineWorkbenchOptions extends Omit<WorkbenchOptions, 'files'> {
  /** What the server does with each connection. */
  readonly accept: Behaviour
  /** A row with this text has come when the tests begin. */
  readonly until: string | RegExp
  /** Fields of the profile that connects, beside its URL. Default: there is none, and the URL is typed in. */
  readonly profile?: Profile
  /** The text of the profiles file. Default: JSON on one line. */
  readonly format?: (file: { readonly profiles: readonly Profile[] }) => string
}

interface Profile {
  readonly name: string
  readonly [field: string]: unknown
}

/** All but `connect` speak of the timeline that is visible. */
export interface TimelineWorkbenchInTest {
  workbench(): Workbench
  /** Connects once more, as before the tests. */
  connect(): Promise<void>
  frame(): FrameLocator
  /** Rows that are drawn and hold `text`. */
  row(text: string | RegExp): Locator
  /** The same of those that are selected. */
  selected(text: string | RegExp): Locator
  /** The grid of rows, which takes the keys of the timeline. */
  grid(): Locator
  filter(): Locator
  /** Resolves when the filter says `text` (`6 of 455`). */
  found(text: string | RegExp): Promise<void>
  /** Presses keys where the focus is, one after the other. */
  press(...keys: readonly string[]): Promise<void>
  /** Resolves when the clipboard holds `what`. */
  copies(what: RegExp): Promise<void>
}

/** A flood takes its time, and so does a window on a loaded machine. */
const startLimitMs = 240_000

/** Opens the window before the suite that it is called in, and closes it after. */
export function useTimelineWorkbench(options: TimelineWorkbenchOptions): TimelineWorkbenchInTest {
  const { accept, until, profile, format = JSON.stringify, ...window } = options
  let server: TestWsServer
  let workbench: Workbench
  before(async function () {
    this.timeout(startLimitMs)
    server = await startWsServer({ accepted: { '/': accept } })
    const profiles = profile ? [{ ...profile, url: server.url('/') }] : []
    const files = profile ? { '.vscode/lifeline.json': format({ profiles }) } : {}
    workbench = await openWorkbench({ theme: 'dark', ...window, files })
    await connect()
    await row(until).first().waitFor({ timeout: longPatienceMs })
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  const connect = async () => {
    if (profile) {
      await workbench.runCommand('Lifeline: Connect Saved Profile…')
      await workbench.pickItem(profile.name)
    } else {
      await workbench.runCommand('Lifeline: Connect…')
      await workbench.typeInQuickInput(server.url('/'))
    }
  }
  const frame = () => workbench.timelineFrame()
  const row = (text: string | RegExp) => frame().locator('.row:not([hidden])', { hasText: text })
  return {
    workbench: () => workbench,
    connect,
    frame,
    row,
    selected: (text) => row(text).and(frame().locator('[aria-selected=true]')),
    grid: () => frame().getByRole('grid', { name: 'Frames' }),
    filter: () => frame().getByRole('combobox', { name: 'Filter' }),
    found: (text) => frame().locator('lifeline-filter .found', { hasText: text }).waitFor(),
    press: async (...keys) => {
      for (const key of keys) await workbench.page.keyboard.press(key)
    },
    copies: (what) =>
      eventually(`${what} is copied`, async () => what.test(await workbench.clipboard())),
  }
}
