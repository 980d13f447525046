// The timeline page for the tests of one suite: opened on a scene, with its rows and its fake host at hand.

import { after, afterEach, before } from 'mocha'
import type { Locator, Page } from 'playwright-core'
import type { FakeTimelineHost } from './fakeTimelineHost.ts'
import { startWebviewPages, type WebviewPageOptions, type WebviewPages } from './webviewPage.ts'

export const drawnRows = '.row:not(.live):not([hidden]):not(.loading)'

/** All but `open` speak of the page that was opened last. */
export interface TimelinePageInTest {
  /** Opens the page, which is closed after the test. */
  open(options: WebviewPageOptions): Promise<Page>
  /** The grid that has the focus while rows are selected. */
  rows(): Locator
  /** Runs `act` in the page, so it sees nothing of the test; what it returns is copied. */
  host<T>(act: (host: FakeTimelineHost) => T): Promise<Awaited<T>>
  /** The numbers of the frames that are drawn, in order. */
  drawnSeqs(): Promise<number[]>
  waitForRow(seq: number): Promise<void>
  /** A key or a click selects at once, but rows are drawn with the browser's next picture. */
  waitForSelected(seq: number): Promise<void>
}

/** Starts a browser before the suite that it is called in, and ends it after. */
export function useTimelinePage(): TimelinePageInTest {
  let pages: WebviewPages
  let page: Page
  before(async () => {
    pages = await startWebviewPages()
  })
  afterEach(() => page?.context().close())
  after(() => pages?.close())

  return {
    open: async (options) => {
      page = await pages.open(options)
      return page
    },
    rows: () => page.getByRole('grid', { name: 'Frames' }),
    host: <T>(act: (host: FakeTimelineHost) => T) =>
      page.evaluate(`(${act.toString()})(window.fakeHost)`) as Promise<Awaited<T>>,
    drawnSeqs: async () => {
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
      await page.locator(`.row[aria-selected=true][aria-label^="${label}"]`).waitFor()
    },
  }
}
