// The built timeline page in a headless browser, over a session's real thread.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import type { Page } from 'playwright-core'
import { WebSocketServer } from 'ws'
import type { RpcMessage } from '../../../src/shared/calls/rpc.ts'
import type { SessionStatus } from '../../../src/shared/session/sessionState.ts'
import { launchChromium } from '../../support/editor/chromium.ts'
import { pageHtml } from '../../support/editor/webviewPage.ts'
import { projectFolder } from '../../support/places.ts'
import { listenLocally } from '../../support/servers/listenLocally.ts'
import { quietStatus } from '../../support/sessions/quietSession.ts'
import { fromJson, toJson } from '../page/plainJson.ts'
import type { Probe } from '../page/probing.ts'
import { startWorker, type Watched } from '../watched.ts'
import { buildForPage } from './buildForPage.ts'
import { createPageHost, type PageHost } from './pageHost.ts'

/** The rows that a page of usual size shows. */
const viewport = { width: 1400, height: 860 }
const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.ttf': 'font/ttf',
}

export interface BenchPage {
  readonly page: Page
  readonly watched: Watched
  /** Runs in the page, so it sees nothing around it. */
  ask<T>(read: (probe: Probe) => T): Promise<Awaited<T>>
  /** Bytes of the page's script memory, after what is left over has been swept. */
  heapBytes(): Promise<number>
}

/** A session's thread, and a page that shows it, while `measure` runs. `capturePath`: a capture that it has opened. */
export async function withPage<T>(
  capturePath: string | null,
  measure: (shown: BenchPage) => Promise<T>,
): Promise<T> {
  const hosts = new Set<PageHost>()
  let status: SessionStatus = { ...quietStatus, frames: 0 }
  const watched = startWorker(async (next, tail) => {
    status = next
    await Promise.all([...hosts].map((host) => host.tell(next, tail)))
  })
  await watched.ready()
  if (capturePath !== null) {
    await watched.remote.open(capturePath)
    status = await watched.remote.status()
  }
  const readOnly = capturePath !== null
  const server = await servePage((post) => {
    const host = createPageHost({ watched, status: () => status, readOnly }, post)
    hosts.add(host)
    return host
  })
  const browser = await launchChromium()
  try {
    const context = await browser.newContext({ viewport })
    const page = await context.newPage()
    const faults: unknown[] = []
    page.on('pageerror', (error) => faults.push(error))
    await page.goto(server.address)
    await page.locator('lifeline-rows .row, .empty').first().waitFor({ state: 'attached' })
    const devtools = await context.newCDPSession(page)
    const answer = await measure({
      page,
      watched,
      ask: <Answer>(read: (probe: Probe) => Answer) =>
        page.evaluate<Awaited<Answer>>(`(${read.toString()})(window.probe)`),
      async heapBytes() {
        await devtools.send('HeapProfiler.collectGarbage')
        return (await devtools.send('Runtime.getHeapUsage')).usedSize
      },
    })
    if (faults.length > 0) throw faults[0]
    return answer
  } finally {
    for (const host of hosts) host.close()
    await browser.close()
    server.close()
    await watched.close()
  }
}

async function servePage(join: (post: (message: RpcMessage) => void) => PageHost) {
  const bridge = await buildForPage('pageBridge.ts')
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench')
    const type = types[extname(pathname)]
    if (pathname === '/') {
      const html = pageHtml('dark', { host: '/bridge.js', connect: "'self'" })
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(html)
    } else if (type === undefined) response.writeHead(404).end()
    else {
      const file = pathname === '/bridge.js' ? bridge : await readFile(built(pathname))
      response.writeHead(200, { 'Content-Type': type }).end(file)
    }
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    const host = join((message) => socket.send(toJson(message)))
    socket.on('message', (text) => host.receive(fromJson(String(text)) as RpcMessage))
  })
  const port = await listenLocally(server)
  return {
    address: `http://127.0.0.1:${port}/`,
    close() {
      for (const socket of sockets.clients) socket.terminate()
      server.close()
    },
  }
}

const built = (name: string) => join(projectFolder, 'dist', name)
