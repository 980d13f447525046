// A VS Code window with Lifeline in it, driven as a user drives it: keyboard, mouse, what is on screen.

import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core'
import { eventually, longPatienceMs, patienceMs } from '../eventually.ts'
import { projectFolder } from '../places.ts'
import { launchChromium } from './chromium.ts'
import { driveQuickInput, type QuickInput } from './quickInput.ts'
import { slowDown, slownessMs } from './slowness.ts'
import { startVscodeServer, type VscodeServer } from './vscodeServer.ts'

export type Theme = 'dark' | 'light' | 'high-contrast' | 'high-contrast-light'

/** Name in the settings, label in the picker, class of the workbench. */
const themes = {
  dark: ['Dark Modern', 'Dark Modern', 'vs-dark'],
  light: ['Light Modern', 'Light Modern', 'vs'],
  'high-contrast': ['Default High Contrast', 'Dark High Contrast', 'hc-black'],
  'high-contrast-light': ['Default High Contrast Light', 'Light High Contrast', 'hc-light'],
} as const satisfies Record<Theme, readonly [name: string, label: string, bodyClass: string]>

export interface WorkbenchOptions {
  /**
   * Files of the workspace folder, by relative path; null opens no folder. Default: an empty folder.
   */
  readonly files?: Readonly<Record<string, string>> | null
  readonly settings?: Readonly<Record<string, unknown>>
  /** Of scope `machine`. */
  readonly machineSettings?: Readonly<Record<string, unknown>>
  /** The folder is not trusted. */
  readonly restricted?: boolean
  /** Default: the one that VS Code comes with, which is light. */
  readonly theme?: Theme
  readonly width?: number
  readonly height?: number
}

export interface Workbench extends QuickInput {
  readonly page: Page
  /** Absolute path of the workspace folder; the empty string where there is none. */
  readonly folder: string
  /** An entry of the open menu, by its whole name. */
  menuEntry(name: string): Locator
  /** Chooses an entry of the open menu, which has closed then. */
  chooseInMenu(name: string): Promise<void>
  /** Opens the Lifeline view in the side bar. */
  openLifelineView(): Promise<void>
  /** The text of a file of the workspace folder, as soon as it is on the disk so that it `holds`. */
  savedText(path: string, holds: (text: string) => boolean): Promise<string>
  /** The text on the clipboard. */
  clipboard(): Promise<string>
  /** Opens the notification centre; answers with it. */
  openNotifications(): Promise<Locator>
  /** Rows of a tree of the side bar, by the view's title (`Profiles`). */
  treeRows(viewTitle: string): Locator
  /** The document of the timeline that is visible. */
  timelineFrame(): FrameLocator
  /** Opens a file of the workspace folder in an editor, by its relative path. */
  openFile(path: string): Promise<void>
  setTheme(theme: Theme): Promise<void>
  /** Reloads the window, as `Developer: Reload Window` does. */
  reload(): Promise<void>
  /** Saves a picture to `test/artefacts/<name>.png`; answers with its path. */
  screenshot(name: string): Promise<string>
  close(): Promise<void>
}

/** Changes user settings; they add to those of before. */
type ChangeSettings = (changes: Readonly<Record<string, unknown>>) => Promise<void>

/** Windows that have not been closed yet. */
export const openWindows = new Set<Workbench>()

/** `folder`: empty for none. */
async function openWindow(
  browser: Browser,
  server: VscodeServer,
  { folder, width, height }: { folder: string; width: number; height: number },
): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: { width, height } })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.url })
  await slowDown(context, slownessMs)
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  await page.goto(
    server.windowAddress({ ...(folder ? { folder } : {}), development: projectFolder }),
  )
  await waitUntilReady(page)
  return page
}

/** Opens a window on a server with a fresh data folder. Takes about five seconds. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const { theme, width = 1400, height = 900, restricted = false, machineSettings } = options
  let settings: Record<string, unknown> = {
    // The theme of the settings, whatever the browser prefers.
    'window.autoDetectColorScheme': false,
    'window.autoDetectHighContrast': false,
    // What fades in or out is neither there nor gone.
    'workbench.reduceMotion': 'on',
    // No notification tells of other servers of this machine.
    'remote.autoForwardPorts': false,
    ...options.settings,
  }
  const folder = options.files === null ? '' : await makeFolder(options)
  const undo: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step()
  }
  if (folder) undo.push(() => rm(folder, { recursive: true, force: true }))
  try {
    const server = await startVscodeServer({ settings, machineSettings, restricted })
    undo.push(() => server.close())
    const browser = await launchChromium()
    undo.push(() => browser.close())
    const page = await openWindow(browser, server, { folder, width, height })
    const changeSettings: ChangeSettings = async (changes) => {
      settings = { ...settings, ...changes }
      await server.writeSettings(settings)
    }
    const workbench: Workbench = {
      ...driver(page, changeSettings),
      page,
      folder,
      savedText: (path, holds) => readWhen(join(folder, path), holds),
      close() {
        openWindows.delete(workbench)
        return close()
      },
    }
    openWindows.add(workbench)
    if (theme) await workbench.setTheme(theme)
    return workbench
  } catch (error) {
    await close()
    throw error
  }
}

async function makeFolder({ files }: WorkbenchOptions): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeline-ui-'))
  for (const [path, text] of Object.entries(files ?? {})) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  return folder
}

async function readWhen(path: string, holds: (text: string) => boolean): Promise<string> {
  let text = ''
  await eventually(`${path} is saved`, async () => {
    text = existsSync(path) ? await readFile(path, 'utf8') : ''
    return holds(text)
  })
  return text
}

/** The extension host is up once the Lifeline container is in the activity bar. */
async function waitUntilReady(page: Page): Promise<void> {
  await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: longPatienceMs })
  await lifelineTab(page).waitFor({ timeout: longPatienceMs })
}

function lifelineTab(page: Page): Locator {
  return page.locator('.part.activitybar').getByRole('tab', { name: 'Lifeline' })
}

function driver(
  page: Page,
  changeSettings: ChangeSettings,
): Omit<Workbench, 'page' | 'folder' | 'savedText' | 'close'> {
  const input = driveQuickInput(page)
  const { pickByKey, pickRows, quickInput, runCommand } = input
  const lifelineTitle = page.locator('.part.sidebar .composite.title').getByText('Lifeline')
  const menuEntry = (name: string) =>
    page.locator('.monaco-menu .action-item').getByText(name, { exact: true })
  const chooseInMenu = async (name: string) => {
    const entry = menuEntry(name)
    await entry.waitFor()
    // VS Code passes over a click in the first 100 ms of a menu, without an event; one that it takes closes the menu.
    await eventually(`the menu takes the click on “${name}”`, async () => {
      if (await entry.isVisible()) await entry.click()
      return !(await entry.isVisible())
    })
  }
  return {
    ...input,
    menuEntry,
    chooseInMenu,
    async openLifelineView() {
      if (!(await lifelineTitle.isVisible())) await lifelineTab(page).click()
      await lifelineTitle.waitFor()
    },
    clipboard: () => page.evaluate<string>('navigator.clipboard.readText()'),
    async openNotifications() {
      await runCommand('Notifications: Show Notifications')
      return page.locator('.notifications-center')
    },
    treeRows: (viewTitle) =>
      page
        .locator('.part.sidebar .pane')
        .filter({ has: page.locator('.pane-header').getByText(viewTitle, { exact: true }) })
        .locator('.monaco-list-row'),
    timelineFrame: () =>
      page
        .locator('iframe.webview.ready:visible')
        .contentFrame()
        .frameLocator('iframe#active-frame'),
    async openFile(path) {
      const name = path.split('/').at(-1) ?? path
      await pickByKey('Control+p', path, pickRows(name).first())
      await page.locator('.part.editor .tab.active').getByText(name, { exact: true }).waitFor()
    },
    async setTheme(theme) {
      const [name, label, bodyClass] = themes[theme]
      // A window in the web does not follow this one setting, so the picker sets it.
      await runCommand('Preferences: Color Theme')
      await quickInput().fill(label)
      // Not by a click, which may land on what the list shows before it has followed.
      await pickRows(/./).first().filter({ hasText: label }).waitFor()
      await quickInput().press('Enter')
      await page.locator(`.monaco-workbench.${bodyClass}`).waitFor()
      await changeSettings({ 'workbench.colorTheme': name })
    },
    async reload() {
      const open = await lifelineTitle.isVisible()
      // By the command: a page that is just reloaded does not wait for what VS Code has yet to store,
      // such as which editors are open.
      await Promise.all([page.waitForEvent('load'), runCommand('Developer: Reload Window')])
      await waitUntilReady(page)
      // The window brings the view back by itself; a click on its tab before that would hide it again.
      if (open) await lifelineTitle.waitFor()
    },
    async screenshot(name) {
      const path = join(projectFolder, 'test', 'artefacts', `${name}.png`)
      await mkdir(dirname(path), { recursive: true })
      await page.screenshot({ path })
      return path
    },
  }
}
