// Starts a VS Code server (the one inside the npm package code-server) with data of its own.

import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { longPatienceMs } from '../eventually.ts'
import { readPlaces } from '../places.ts'

export interface VscodeServerOptions {
  /** User settings beside those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>
  /** Settings of the machine on which the server runs, as those of scope `machine` are. */
  readonly machineSettings?: Readonly<Record<string, unknown>> | undefined
  /** Kept when given; otherwise a fresh folder that `close` removes. */
  readonly dataFolder?: string
  /** Folders are opened without trust, and nobody is asked for it. Default: every folder is trusted. */
  readonly restricted?: boolean
  /** Environment variables of the server and its extension hosts. */
  readonly env?: Readonly<Record<string, string>>
}

export interface VscodeServer {
  /** `http://127.0.0.1:port` */
  readonly url: string
  readonly dataFolder: string
  /**
   * The address of a window. `development` adds an extension that is being developed, `tests` a
   * module whose `run()` decides how the window ends. Paths are absolute.
   */
  windowAddress(window: {
    readonly folder?: string
    readonly development?: string
    readonly tests?: string
  }): string
  /** Writes user settings; open windows follow. */
  writeSettings(settings: Readonly<Record<string, unknown>>): Promise<void>
  /** What the server has printed. */
  output(): string
  close(): Promise<void>
}

/**
 * Nothing that opens by itself, asks, or talks to the internet. Names and values are the newest ones:
 * the workbench rewrites old ones, and what is written meanwhile is lost.
 */
const quietSettings = {
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'editor.accessibilitySupport': 'off',
  // Otherwise a window in the web saves what is typed after a second.
  'files.autoSave': 'off',
}

const restrictedSettings = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
}

const startLimitMs = longPatienceMs

/** Rejects when set-up has not run or the server does not start. */
export async function startVscodeServer(options: VscodeServerOptions = {}): Promise<VscodeServer> {
  const { serverMain } = readPlaces()
  if (!serverMain) throw new Error('The VS Code server is missing: run `node scripts/setup.mjs`.')
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'lifeline-vscode-')))
  const writeSettings = async (settings: Readonly<Record<string, unknown>>) => {
    const folder = join(dataFolder, 'data', 'User')
    await mkdir(folder, { recursive: true })
    const trust = options.restricted ? restrictedSettings : {}
    const all = { ...quietSettings, ...trust, ...options.settings, ...settings }
    await writeFile(join(folder, 'settings.json'), JSON.stringify(all, null, 2))
  }
  await writeSettings({})
  if (options.machineSettings) {
    const folder = join(dataFolder, 'data', 'Machine')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'settings.json'), JSON.stringify(options.machineSettings))
  }

  const flags = [
    '--without-connection-token',
    '--accept-server-license-terms',
    '--enable-smoke-test-driver',
    ...(options.restricted ? [] : ['--disable-workspace-trust']),
    ...['--host', '127.0.0.1', '--port', '0', '--telemetry-level', 'off'],
    ...['--server-data-dir', dataFolder],
  ]
  const child = spawn(process.execPath, [serverMain, ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
    // A group of its own, so that its extension hosts end with it.
    detached: process.platform !== 'win32',
  })
  // When the tests are ended from outside, nothing stays behind.
  const endWithUs = (event: string | number) => {
    forget()
    endGroup(child, 'SIGKILL')
    if (!options.dataFolder) rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 })
    if (typeof event === 'string') process.kill(process.pid, event)
  }
  const ends = ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'] as const
  const forget = () => {
    for (const event of ends) process.off(event, endWithUs)
  }
  for (const event of ends) process.on(event, endWithUs)
  let output = ''
  const collect = (chunk: Buffer) => {
    output += chunk
  }
  child.stderr.on('data', collect)
  child.stdout.on('data', collect)

  const close = async () => {
    forget()
    if (child.exitCode === null && child.signalCode === null) {
      const exit = once(child, 'exit')
      endGroup(child, 'SIGTERM')
      const hard = setTimeout(() => endGroup(child, 'SIGKILL'), 3000)
      await exit
      clearTimeout(hard)
    }
    // Extension hosts may still be writing their last state.
    const patience = { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }
    if (!options.dataFolder) await rm(dataFolder, patience)
  }

  const url = await new Promise<string>((resolve, reject) => {
    const fail = (reason: string) => {
      reject(new Error(`The VS Code server ${reason}:\n${output}`))
    }
    const timer = setTimeout(() => fail('did not start in time'), startLimitMs)
    child.once('exit', () => {
      clearTimeout(timer)
      fail('ended')
    })
    child.stdout.on('data', () => {
      const port = /Web UI available at http:\/\/localhost:(\d+)/.exec(output)?.[1]
      if (!port) return
      clearTimeout(timer)
      resolve(`http://127.0.0.1:${port}`)
    })
  }).catch(async (error: unknown) => {
    await close()
    throw error
  })

  return {
    url,
    dataFolder,
    writeSettings,
    output: () => output,
    close,
    windowAddress({ folder, development, tests }) {
      const remote = (path: string) => `vscode-remote://${new URL(url).host}${path}`
      const payload = [
        ['skipWelcome', 'true'],
        ['skipReleaseNotes', 'true'],
        ...(development ? [['extensionDevelopmentPath', remote(development)]] : []),
        ...(tests ? [['extensionTestsPath', remote(tests)]] : []),
      ]
      const query = new URLSearchParams({ payload: JSON.stringify(payload) })
      // An explicit "no folder", since a server remembers the last one.
      if (folder) query.set('folder', folder)
      else query.set('ew', 'true')
      return `${url}/?${query}`
    },
  }
}

function endGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    if (process.platform === 'win32') child.kill(signal)
    else process.kill(-child.pid, signal)
  } catch (error) {
    // ESRCH: it has ended by itself.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
