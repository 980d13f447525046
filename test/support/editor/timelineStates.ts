// Every state of the timeline page that a user may see, and how it is come to.

import type { Page } from 'playwright-core'
import type { TimelineAction } from '../../../src/shared/calls/messages.ts'
import { showPayloadAs } from './showPayloadAs.ts'
import { settled, type WebviewPageOptions } from './webviewPage.ts'

export interface TimelineState {
  readonly name: string
  readonly options: WebviewPageOptions
  /** Acts on the page as it opens. */
  readonly reach?: (page: Page) => Promise<void>
}

/** Each part of the page is in one of them, open and with something in it. */
export const timelineStates: readonly TimelineState[] = [
  { name: 'nothing yet', options: { scene: 'empty' } },
  { name: 'connecting again', options: { scene: 'connecting' } },
  {
    name: 'messages as they come',
    options: { scene: 'million' },
    reach: (page) => press(page, 'ArrowUp'),
  },
  {
    name: 'polling',
    options: { scene: 'polling', untrusted: true },
    reach: (page) => press(page, 'Home'),
  },
  { name: 'long polling that holds', options: { scene: 'holding' } },
  { name: 'an event that is not whole', options: { scene: 'unfinished' } },
  {
    name: 'folded runs',
    options: { scene: 'folds' },
    reach: (page) => press(page, 'Home', 'ArrowDown'),
  },
  { name: 'a saved capture', options: { scene: 'saved', show: 'symbol price' } },
  {
    name: 'paused and cleared',
    options: { scene: 'million' },
    reach: async (page) => {
      await click(page, 'Clear')
      await click(page, 'Pause')
    },
  },
  {
    name: 'a filter',
    options: { scene: 'outage' },
    reach: (page) => fillFilter(page, 'trade -symbol:x'),
  },
  {
    name: 'a mistaken filter',
    options: { scene: 'websocket' },
    reach: (page) => fillFilter(page, 'size>>'),
  },
  {
    name: 'completions of a filter',
    options: { scene: 'json-rpc' },
    reach: async (page) => {
      await page.getByRole('combobox', { name: 'Filter' }).pressSequentially('k')
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('ArrowDown')
    },
  },
  {
    name: 'examples of filters',
    options: { scene: 'websocket' },
    reach: (page) => click(page, 'Examples of filters'),
  },
  {
    name: 'find',
    options: { scene: 'websocket' },
    reach: async (page) => {
      await perform(page, 'find')
      await page.getByRole('textbox', { name: 'Find' }).fill('symbol')
      await page.locator('.find-bar .found', { hasText: / of / }).waitFor()
    },
  },
  { name: 'go to', options: { scene: 'websocket' }, reach: (page) => perform(page, 'go-to') },
  {
    name: 'fields',
    options: { scene: 'websocket', show: 'symbol', saved: true },
    reach: async (page) => {
      await press(page, 'Home')
      await page.locator('.fields-head').click()
    },
  },
  { name: 'menu of folding', options: { scene: 'polls' }, reach: (page) => click(page, /^Fold/) },
  { name: 'menu of exports', options: { scene: 'sse' }, reach: (page) => click(page, 'Export') },
  {
    name: 'statistics',
    options: { scene: 'polls' },
    reach: async (page) => {
      await click(page, 'Statistics')
      await page.locator('.summary').waitFor()
      await click(page, 'Rate over time as a table')
    },
  },
  {
    name: 'statistics of calls',
    options: { scene: 'json-rpc' },
    reach: (page) => click(page, 'Statistics'),
  },
  {
    name: 'a tree',
    options: { scene: 'websocket' },
    reach: async (page) => {
      await press(page, 'Home', 'PageDown', 'Enter')
      await page.getByRole('treeitem', { name: 'symbol:' }).hover()
    },
  },
  { name: 'text', options: { scene: 'websocket' }, reach: (page) => payloadAs(page, 'Text') },
  { name: 'hex', options: { scene: 'websocket' }, reach: (page) => payloadAs(page, 'Hex') },
  {
    name: 'decoded packets',
    options: { scene: 'batches' },
    reach: async (page) => {
      await press(page, 'End', 'ArrowUp', 'Enter')
      await showPayloadAs(page, 'Decoded')
    },
  },
  {
    name: 'a decoded batch, most of it folded',
    options: { scene: 'batches' },
    reach: async (page) => {
      await press(page, 'Home', 'ArrowDown', 'Enter')
      await showPayloadAs(page, 'Decoded')
      await page.locator('.packet summary').nth(2).click()
    },
  },
  {
    name: 'a difference',
    options: { scene: 'websocket' },
    reach: (page) => openTab(page, 'Difference', 'Home', 'PageDown'),
  },
  {
    name: 'headers',
    options: { scene: 'polling' },
    reach: (page) => openTab(page, 'Headers', 'Home', 'ArrowDown'),
  },
  {
    name: 'timing',
    options: { scene: 'polling' },
    reach: (page) => openTab(page, 'Timing', 'Home', 'ArrowDown'),
  },
  {
    name: 'the wire',
    options: { scene: 'websocket' },
    reach: (page) => openTab(page, 'Wire', 'Home', 'PageDown'),
  },
  {
    name: 'messages to send',
    options: { scene: 'million', saved: true },
    reach: async (page) => {
      await page.getByRole('textbox', { name: 'Message' }).fill('{"op":')
    },
  },
  {
    name: 'a request beside the stream',
    options: { scene: 'companion', saved: true },
    reach: async (page) => {
      await perform(page, 'send')
      await page.getByRole('region', { name: 'Request beside the stream' }).waitFor()
    },
  },
  {
    name: 'an error with ways out',
    options: { scene: 'other-port' },
    reach: (page) => press(page, 'End', 'ArrowUp'),
  },
  {
    name: 'a span of the overview',
    options: { scene: 'outage' },
    reach: async (page) => {
      const strip = page.getByRole('slider', { name: 'Overview of the session' })
      await page.locator('#overview-words', { hasText: '1006' }).waitFor({ state: 'attached' })
      for (let step = 0; step < 12; step++) await strip.press('Shift+ArrowRight')
    },
  },
]

/** Opens the page of a state with `open`, which resolves when it is settled. */
export async function openState(
  { options, reach }: TimelineState,
  open: (options: WebviewPageOptions) => Promise<Page>,
  changes: Partial<WebviewPageOptions> = {},
): Promise<Page> {
  const page = await open({ ...options, ...changes })
  await reach?.(page)
  await settled(page)
  return page
}

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.getByRole('grid', { name: 'Frames' }).press(key)
  await settled(page)
}

async function click(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }).click()
}

async function fillFilter(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Filter' }).fill(text)
}

/** As by a command. */
async function perform(page: Page, action: TimelineAction): Promise<void> {
  await page.evaluate(`window.fakeHost.perform('${action}')`)
}

async function openTab(page: Page, name: string, ...keys: readonly string[]): Promise<void> {
  await press(page, ...keys, 'Enter')
  await page.getByRole('tab', { name }).click()
}

async function payloadAs(page: Page, form: string): Promise<void> {
  await press(page, 'Home', 'PageDown', 'Enter')
  await showPayloadAs(page, form)
}
