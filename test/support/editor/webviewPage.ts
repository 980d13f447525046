// The timeline page in a plain browser, without VS Code: its html, policy and colours, and a fake host.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import * as esbuild from 'esbuild'
import type { BrowserContext, Page } from 'playwright-core'
import type { Layout } from '../../../src/webview/together/togetherView.ts'
import { patienceMs } from '../eventually.ts'
import { projectFolder } from '../places.ts'
import { listenLocally } from '../servers/listenLocally.ts'
import { launchChromium } from './chromium.ts'
import { slowDown, slownessMs } from './slowness.ts'
import themeVariables from './themeVariables.json' with { type: 'json' }
import type { SceneName } from './timelineScenes.ts'

/** The colours are what VS Code 1.139 gives for its Modern and its high contrast themes. */
export type PageTheme = keyof typeof themeVariables

export interface WebviewPageOptions {
  readonly scene: SceneName
  /** Of several sessions that take turns, in place of the scene. */
  readonly together?: TogetherOptions
  readonly theme?: PageTheme
  readonly width?: number
  readonly height?: number
  /** The profile allows certificates that are not trusted. */
  readonly untrusted?: boolean
  /** The profile keeps messages and requests. */
  readonly saved?: boolean
  /** Paths that the profile shows, with spaces between them. */
  readonly show?: string
  /** Nothing folds, and no silence is a row. */
  readonly unfolded?: boolean
}

export interface TogetherOptions {
  readonly names: readonly string[]
  /** Of each. */
  readonly frames: number
  readonly layout: Layout
  /** Names of those in which something is found. */
  readonly flawed?: readonly string[]
  /** Names of those that hold an answer of a model. */
  readonly models?: readonly string[]
}

export interface WebviewPages {
  /** Opens the page on a scene and waits until it is drawn. */
  open(options: WebviewPageOptions): Promise<Page>
  close(): Promise<void>
}

/** Resolves when the page has drawn all that has been asked of it. */
export async function settled(page: Page): Promise<void> {
  // Of a page that is being loaded, too.
  await page
    .locator('lifeline-rows .row, lifeline-merged .row, lifeline-lanes canvas, .empty')
    .first()
    .waitFor({ state: 'attached' })
  await page.evaluate('window.fakeHost.settled()')
}

/** As VS Code does when the user chooses another theme. Resolves when the page has drawn itself anew. */
export async function setPageTheme(page: Page, theme: PageTheme): Promise<void> {
  await page.evaluate(`
    document.querySelector('style').textContent = ${JSON.stringify(themeStyle(theme))}
    document.body.className = ${JSON.stringify(bodyClass(theme))}`)
  await settled(page)
}

/** Builds the page, serves it on loopback and starts a browser. Each page's errors are in `pageErrors`. */
export async function startWebviewPages(): Promise<WebviewPages> {
  const files = await buildFiles()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost')
    const file = files.get(url.pathname)
    const type = url.pathname.endsWith('.css')
      ? 'text/css'
      : url.pathname.endsWith('.js')
        ? 'text/javascript'
        : 'font/ttf'
    if (url.pathname === '/') {
      const theme = (url.searchParams.get('theme') ?? 'dark') as PageTheme
      const names = url.searchParams.get('together')?.split(',')
      const html = pageHtml(theme, names && { ...fakeSurroundings('/fakeTogether.js'), names })
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(html)
    } else if (file) {
      response.writeHead(200, { 'Content-Type': type }).end(file)
    } else {
      response.writeHead(404).end()
    }
  })
  const port = await listenLocally(server)
  const browser = await launchChromium()
  const context = await browser.newContext()
  await slowDown(context, slownessMs)
  // It stays, so that the process of the pages does: they open in two thirds of the time.
  await (await context.newPage()).goto(`http://127.0.0.1:${port}/codicon.css`)

  return {
    open: (options) => openPage(context, port, options),
    close: async () => {
      await browser.close()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function openPage(
  context: BrowserContext,
  port: number,
  {
    scene,
    theme = 'dark',
    width = 1400,
    height = 860,
    untrusted = false,
    saved = false,
    show,
    unfolded = false,
    together,
  }: WebviewPageOptions,
): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(patienceMs)
  await page.setViewportSize({ width, height })
  await page.goto(
    `http://127.0.0.1:${port}/?scene=${scene}&theme=${theme}${untrusted ? '&untrusted' : ''}${saved ? '&saved' : ''}${show === undefined ? '' : `&show=${encodeURIComponent(show)}`}${unfolded ? '&unfolded' : ''}&slow=${slownessMs}${togetherQuery(together)}`,
  )
  await page.evaluate('document.fonts.ready.then(() => {})')
  await settled(page)
  return page
}

function togetherQuery(together: TogetherOptions | undefined): string {
  if (!together) return ''
  const { names, frames, layout, flawed = [], models = [] } = together
  const lists = Object.entries({ together: names, flawed, models }).map(
    ([what, listed]) => `&${what}=${encodeURIComponent(listed.join(','))}`,
  )
  return `${lists.join('')}&frames=${frames}&layout=${layout}`
}

async function buildFiles(): Promise<ReadonlyMap<string, Uint8Array>> {
  const built = await esbuild.build({
    absWorkingDir: projectFolder,
    entryPoints: {
      webview: 'src/webview/main.ts',
      fakeHost: 'test/support/editor/fakeTimelineHost.ts',
      fakeTogether: 'test/support/editor/fakeTogetherHost.ts',
    },
    bundle: true,
    // As users get it; it opens in two thirds of the time, too.
    minify: true,
    format: 'esm',
    target: 'es2024',
    write: false,
    outdir: '/',
    logLevel: 'warning',
  })
  const files = new Map(built.outputFiles.map(({ path, contents }) => [path, contents]))
  for (const name of ['codicon.css', 'codicon.ttf']) {
    const path = join(projectFolder, 'node_modules/@vscode/codicons/dist', name)
    files.set(`/${name}`, await readFile(path))
  }
  return files
}

/** What stands in VS Code's place: its script, and what it connects to. */
interface PageSurroundings {
  readonly host: string
  readonly connect: string
  /** Of a page of several sessions: their ids. */
  readonly names?: readonly string[]
}

function fakeSurroundings(host: string): PageSurroundings {
  return { host, connect: "'none'" }
}

/** As the host writes it: the same policy, plus what VS Code puts into every webview. */
export function pageHtml(
  theme: PageTheme,
  { host, connect, names }: PageSurroundings = fakeSurroundings('/fakeHost.js'),
): string {
  const nonce = 'fake'
  const policy = `default-src 'none'; connect-src ${connect}; script-src 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; img-src 'self' data: blob:; base-uri 'none'; form-action 'none'`
  const panel = names ? { sessionIds: names, page: 1 } : { sessionId: 'fake' }
  const state = JSON.stringify(panel).replaceAll('"', '&quot;')
  const element = names ? 'lifeline-together' : 'lifeline-timeline'
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style nonce="${nonce}">${themeStyle(theme)}</style>
<link rel="stylesheet" nonce="${nonce}" id="vscode-codicon-stylesheet" href="/codicon.css">
<link rel="stylesheet" nonce="${nonce}" href="/webview.css"><title>Lifeline</title></head>
<body class="${bodyClass(theme)}">
<${element} data-panel-state="${state}"></${element}>
<script type="module" nonce="${nonce}" src="${host}"></script>
<script type="module" nonce="${nonce}" src="/webview.js"></script>
</body></html>`
}

function bodyClass(theme: PageTheme): string {
  if (theme === 'high-contrast-light') return 'vscode-high-contrast vscode-high-contrast-light'
  return `vscode-${theme}`
}

function themeStyle(theme: PageTheme): string {
  const variables = Object.entries(themeVariables[theme])
    .map(([name, value]) => `${name}: ${value};`)
    .join(' ')
  const fonts =
    "--vscode-font-family: system-ui, 'Ubuntu', 'Droid Sans', sans-serif; --vscode-font-size: 13px; --vscode-font-weight: normal; --vscode-editor-font-family: 'Droid Sans Mono', 'DejaVu Sans Mono', monospace; --vscode-editor-font-size: 14px;"
  return `html { ${variables} ${fonts} scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
  body { padding: 0 20px; overscroll-behavior-x: none; }`
}
