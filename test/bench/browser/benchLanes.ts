// Several sessions in lanes in a headless browser, each over its real thread.

import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
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
import { startWorker, type Watched } from '../watched.ts'
import { buildForPage } from './buildForPage.ts'
import { createPageHost, type PageHost } from './pageHost.ts'

/** As wide as four lanes are looked at. */
const viewport = { width: 1600, height: 860 }

export interface ShownLanes {
  readonly page: Page
  readonly watched: readonly Watched[]
}

/** So many sessions' threads, and a page that shows them, while `measure` runs. */
export async function withLanes<T>(
  count: number,
  measure: (shown: ShownLanes) => Promise<T>,
): Promise<T> {
  const hosts: (PageHost | undefined)[] = []
  const statuses = Array.from(
    { length: count },
    (): SessionStatus => ({ ...quietStatus, frames: 0 }),
  )
  const watched = statuses.map((_, lane) =>
    startWorker(async (next, tail) => {
      statuses[lane] = next
      await hosts[lane]?.tell(next, tail)
    }),
  )
  await Promise.all(watched.map((one) => one.ready()))
  const server = await serveLanes((post) => {
    watched.forEach((one, lane) => {
      const status = () => statuses[lane] ?? quietStatus
      const send = (message: RpcMessage) => post(lane, message)
      hosts[lane] = createPageHost({ watched: one, status, readOnly: false }, send)
    })
    return (lane, message) => hosts[lane]?.receive(message)
  })
  const browser = await launchChromium()
  try {
    const page = await browser.newPage({ viewport })
    const faults: unknown[] = []
    page.on('pageerror', (error) => faults.push(error))
    await page.goto(`${server.address}?lanes=${count}`)
    await page.waitForFunction('window.probe !== undefined')
    const answer = await measure({ page, watched })
    if (faults.length > 0) throw faults[0]
    return answer
  } finally {
    for (const host of hosts) host?.close()
    await browser.close()
    server.close()
    await Promise.all(watched.map((one) => one.close()))
  }
}

type Post = (lane: number, message: RpcMessage) => void

async function serveLanes(join: (post: Post) => Post) {
  const script = await buildForPage('lanesPage.ts')
  const css = await readFile(built('webview.css'))
  const files: Readonly<Record<string, readonly [string, string | Uint8Array]>> = {
    '/': ['text/html', lanesHtml()],
    '/lanes.js': ['text/javascript', script],
    '/webview.css': ['text/css', css],
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://bench')
    const [type, body] = files[pathname] ?? ['text/plain', null]
    response.writeHead(body === null ? 404 : 200, { 'Content-Type': type }).end(body)
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    const receive = join((lane, message) => socket.send(toJson({ lane, message })))
    socket.on('message', (text) => {
      const { lane, message } = fromJson(String(text)) as { lane: number; message: RpcMessage }
      receive(lane, message)
    })
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

/** As the page of a timeline, with the lanes alone. */
function lanesHtml(): string {
  const html = pageHtml('dark', { host: '/lanes.js', connect: "'self'" })
  return html
    .replace(/<lifeline-timeline.*<\/lifeline-timeline>\n/, '')
    .replace(/<script[^>]*src="\/webview\.js"><\/script>\n/, '')
}

const built = (name: string) => join(projectFolder, 'dist', name)
