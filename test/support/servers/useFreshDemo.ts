// A demo server of its own for each test of a suite, and the requests that such tests make.

import { afterEach, beforeEach } from 'mocha'
import { type DemoServer, startDemoServer } from '../../../src/demo/demoServer.ts'
import type { FeedItem } from '../../../src/demo/feed.ts'

/** What `/poll` and `/long-poll` answer. */
export interface Page {
  readonly cursor: number
  readonly items: readonly FeedItem[]
}

export interface FreshDemo {
  /** As in `DemoServer`; there while a test runs. */
  readonly url: string
  readonly port: number
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  publish(body: string): Promise<Response>
}

/** Starts it before each test of the suite that it is called in, on a free port, and closes it after. */
export function useFreshDemo(): FreshDemo {
  let demo: DemoServer | null = null
  const running = () => {
    if (demo === null) throw new Error('no test is running')
    return demo
  }
  beforeEach(async () => {
    demo = await startDemoServer({ port: 0, host: '127.0.0.1', seed: 7 })
  })
  afterEach(() => running().close())
  return {
    get url() {
      return running().url
    },
    get port() {
      return running().port
    },
    get: (path, headers = {}) => fetch(running().url + path, { headers }),
    publish: (body) => fetch(`${running().url}/publish`, { method: 'POST', body }),
  }
}

export async function pageOf(response: Response): Promise<Page> {
  return (await response.json()) as Page
}
