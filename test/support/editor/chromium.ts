// Starts the headless browser that serves as VS Code's window.

import { type Browser, chromium } from 'playwright-core'
import { readPlaces } from '../places.ts'

/** Rejects when set-up has found no browser. */
export async function launchChromium(): Promise<Browser> {
  const { chromium: executablePath } = readPlaces()
  if (!executablePath) throw new Error('Chromium is missing: run `node scripts/setup.mjs`.')
  return chromium.launch({
    executablePath,
    // Otherwise that signal ends the browser, and its tests go on without it.
    handleSIGTERM: false,
    // The server is on loopback, and containers have neither a sandbox nor a GPU.
    args: ['--no-sandbox', '--disable-gpu', '--no-proxy-server', '--disable-dev-shm-usage'],
  })
}
