// The timeline page for the tests of one suite: opened on a scene, with its rows and its fake host at hand.

import assert from 'node:assert/strict'
import { after, afterEach, before } from 'mocha'
import type { Locator, Page } from 'playwright-core'
import type { FakeTimelineHost } from './fakePage.ts'
import {
  settled,
  startWebviewPages,
  type WebviewPageOptions,
  type WebviewPages,
} from './webviewPage.ts'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const drawnRows = '.row:not(.live):not([hidden]):not(.loading)'

/**
 * All but `open` speak of the page that was opened last. Most of what a key, a click or the host changes is drawn
 * with one of the next pictures: what is read before is of the past. After an act by other means than these, call
 * `settled` or wait for a locator.
 */
export interface TimelinePageInTest {
  /** Opens the page, which is closed after the test. Resolves when it is settled. */
  open(options: WebviewPageOptions): Promise<Page>
  /** Resolves when the page has drawn all that has been asked of it; not what a timer has yet to begin. */
  settled(): Promise<void>
  /** The grid that has the focus while rows are selected. */
  rows(): Locator
  /** Presses keys on the rows, one right after the other. Resolves when the page is settled. */
  press(...keys: readonly string[]): Promise<void>
  /** Presses keys where the focus is, as `press` does on the rows. */
  keys(...keys: readonly string[]): Promise<void>
  /** Runs `act` in the page, so it sees nothing of the test. Resolves when the page is settled. */
  host(act: (host: FakeTimelineHost) => unknown): Promise<void>
  /** Runs `read` in the page once it is settled; what it returns is copied. */
  askHost<T>(read: (host: FakeTimelineHost) => T): Promise<T>
  /** The numbers of the frames that are drawn once the page is settled, in order. */
  drawnSeqs(): Promise<number[]>
  /** The place of an element once the page is settled, in pixels; fails where it is not drawn. */
  boxOf(element: Locator): Promise<Box>
  waitForRow(seq: number): Promise<void>
  waitForSelected(seq: number): Promise<void>
}

/** Starts a browser before the suite that it is called in, and ends it after. */
export function useTimelinePage(): TimelinePageInTest {
  let pages: WebviewPages
  let page: Page
  before(async () => {
    pages = await startWebviewPages()
  })
  afterEach(() => page?.close())
  after(() => pages?.close())

  const rows = () => page.getByRole('grid', { name: 'Frames' })
  return {
    open: async (options) => {
      page = await pages.open(options)
      return page
    },
    settled: () => settled(page),
    rows,
    press: async (...keys) => {
      for (const key of keys) await rows().press(key)
      await settled(page)
    },
    keys: async (...keys) => {
      for (const key of keys) await page.keyboard.press(key)
      await settled(page)
    },
    host: async (act) => {
      await page.evaluate(`(async () => { await (${act.toString()})(window.fakeHost) })()`)
      await settled(page)
    },
    askHost: async <T>(read: (host: FakeTimelineHost) => T) => {
      await settled(page)
      return page.evaluate<T>(`(${read.toString()})(window.fakeHost)`)
    },
    boxOf: async (element) => {
      await settled(page)
      const box = await element.boundingBox()
      assert.ok(box, 'it is drawn')
      return box
    },
    drawnSeqs: async () => {
      await settled(page)
      const labels = await page
        .locator(drawnRows)
        .evaluateAll((rows) => rows.map((row) => row.ariaLabel ?? ''))
      return labels
        .map((label) => Number(label.match(/^#([\d,]+)/)?.[1]?.replaceAll(',', '')))
        .sort((a, b) => a - b)
    },
    waitForRow: async (seq) => {
      const label = `#${seq.toLocaleString('en')},`
      await page.locator(`.row[aria-label^="${label}"]:not([hidden])`).waitFor()
    },
    waitForSelected: async (seq) => {
      const label = `#${seq.toLocaleString('en')},`
      await page.locator(`.row[aria-selected=true][aria-label^="${label}"]:not([hidden])`).waitFor()
    },
  }
}
