// Starts the headless browser that serves as VS Code's window.

import { setTimeout as delay } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'
import { readPlaces } from '../places.ts'

/** Rejects when set-up has found no browser. */
export async function launchChromium(): Promise<Browser> {
  const { chromium: executablePath } = readPlaces()
  if (!executablePath) throw new Error('Chromium is missing: run `node scripts/setup.mjs`.')
  return chromium.launch({
    executablePath,
    // The server is on loopback, and containers have neither a sandbox nor a GPU.
    args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server', '--disable-dev-shm-usage'],
  })
}

export interface Chromium {
  /** Opens something in it; in a new one where it ended by itself meanwhile, which a page that is not open yet cannot have caused. */
  open<T>(act: (browser: Browser) => Promise<T>): Promise<T>
  /** It has ended by itself since something was opened last. */
  readonly hasEnded: boolean
  close(): Promise<void>
}

/** So long after it has closed its pages it may still seem to be there. */
const endsWithinMs = 5000

/** Whether it has ended, or is about to: it closes its pages first. */
async function isEnding(browser: Browser, error: unknown): Promise<boolean> {
  if (!browser.isConnected()) return true
  if (!/has been closed/.test(String(error))) return false
  const stopped = new AbortController()
  await Promise.race([
    new Promise((resolve) => browser.once('disconnected', resolve)),
    delay(endsWithinMs, undefined, { signal: stopped.signal }).catch(() => {}),
  ])
  stopped.abort()
  return !browser.isConnected()
}

/** As `launchChromium`. */
export async function startChromium(): Promise<Chromium> {
  let browser = await launchChromium()
  return {
    async open(act) {
      try {
        return await act(browser)
      } catch (error) {
        if (!(await isEnding(browser, error))) throw error
        process.stderr.write('Chromium has ended by itself; a new one is started.\n')
        browser = await launchChromium()
        return act(browser)
      }
    },
    get hasEnded() {
      return !browser.isConnected()
    },
    close: () => browser.close(),
  }
}
