// Every state of the timeline page that a user may see, and how it is come to.

import type { Page } from 'playwright-core'
import { comesTo } from '../eventually.ts'
import { detailStates } from './detailStates.ts'
import { click, fillFilter, perform, press, type TimelineState } from './stateActs.ts'
import { tapStates } from './tapStates.ts'
import { settled, type WebviewPageOptions } from './webviewPage.ts'

/** It takes seconds over a million frames. */
const slowFilter = '/"id":[0-9]*77,/'

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
  ...tapStates,
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
    name: 'a filter that is being searched',
    options: { scene: 'million' },
    reach: async (page) => {
      await fillFilter(page, slowFilter)
      await searched(page, /^searching \d+ % · /)
      await page.evaluate('window.fakeHost.searchStands = true')
    },
  },
  {
    name: 'a search that was stopped',
    options: { scene: 'million' },
    reach: async (page) => {
      await fillFilter(page, slowFilter)
      await searched(page, /^searching \d+ % · /)
      await page.keyboard.press('Escape')
      await searched(page, /^stopped at /)
    },
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
      await page.getByRole('textbox', { name: 'Find' }).fill('trade')
      await page.locator('.row.match.selected .hit').first().waitFor()
    },
  },
  { name: 'go to', options: { scene: 'websocket' }, reach: (page) => perform(page, 'go-to') },
  {
    name: 'two rows selected',
    options: { scene: 'websocket' },
    reach: async (page) => {
      await press(page, 'Home', 'PageDown', 'Enter', 'Shift+ArrowDown')
      await page.getByRole('button', { name: 'Difference' }).waitFor()
    },
  },
  {
    name: 'all rows selected, and ways to copy them',
    options: { scene: 'outage' },
    reach: async (page) => {
      await press(page, 'Control+a')
      const bar = page.getByRole('toolbar', { name: 'Selected rows' })
      await bar.filter({ hasText: / rows selected · / }).waitFor()
      await bar.getByRole('button', { name: 'Copy' }).click()
    },
  },
  {
    name: 'bookmarks, one of which is noted',
    options: { scene: 'websocket' },
    reach: async (page) => {
      const note = page.getByRole('textbox', { name: 'Note of the bookmark' })
      await press(page, 'Home', 'PageDown', 'Control+Alt+k')
      await note.fill('The first trade after the order, which is the one that counts')
      await note.press('Enter')
      await press(page, 'ArrowUp', 'Control+Alt+k')
      await note.fill('Half of a no')
    },
  },
  {
    name: 'a note that is refused',
    options: { scene: 'websocket' },
    reach: async (page) => {
      await press(page, 'Home', 'Control+Alt+k')
      await page.evaluate("window.fakeHost.failing = 'note-refused'")
      const note = page.getByRole('textbox', { name: 'Note of the bookmark' })
      await note.fill('password=hunter2')
      await note.press('Enter')
      await page.getByRole('alert').waitFor()
    },
  },
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
    name: 'findings',
    options: { scene: 'findings', unfolded: true },
    reach: async (page) => {
      await click(page, '2 findings')
      await page.getByRole('button', { name: 'what to do' }).nth(1).click()
      await press(page, 'Home')
    },
  },
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
    name: 'statistics of a span',
    options: { scene: 'outage' },
    reach: async (page) => {
      await selectSpan(page)
      await page
        .getByRole('toolbar', { name: 'Selected span' })
        .getByRole('button', { name: 'Statistics' })
        .click()
      await page.locator('.summary').waitFor()
    },
  },
  {
    name: 'statistics of calls',
    options: { scene: 'json-rpc' },
    reach: (page) => click(page, 'Statistics'),
  },
  {
    name: 'advice about the method',
    options: { scene: 'polls' },
    reach: async (page) => {
      await perform(page, 'which-method')
      await page.getByRole('textbox', { name: 'Viewers' }).fill('many')
      await page.getByRole('textbox', { name: 'Data may be as old as' }).fill('1 min')
      await page.getByRole('table', { name: 'Assumptions' }).waitFor()
    },
  },
  {
    name: 'an answer that is offered',
    options: { scene: 'model' },
    reach: (page) => page.locator('.tool.offers').waitFor(),
  },
  {
    name: 'an answer that goes on',
    options: { scene: 'model' },
    reach: async (page) => {
      await perform(page, 'answer')
      await page.locator('.part.tool').waitFor()
    },
  },
  {
    name: 'an answer that is whole',
    options: { scene: 'model' },
    reach: async (page) => {
      await perform(page, 'answer')
      await page.getByRole('combobox', { name: 'Which answer' }).selectOption('1')
      await page.getByText('Reasoning · 45 characters').click()
      await page.locator('table.said').waitFor()
    },
  },
  {
    name: 'messages to send',
    options: { scene: 'million', saved: true },
    reach: async (page) => {
      await page.getByRole('textbox', { name: 'Message' }).fill('{"op":')
    },
  },
  {
    name: 'an edited message, and how its JSON can go on',
    options: { scene: 'million', saved: true },
    reach: async (page) => {
      await press(page, 'Home', 'ArrowDown', 'ArrowDown')
      await perform(page, 'edit-and-send')
      const box = page.getByRole('textbox', { name: 'Message' })
      await comesTo(async () => (await box.inputValue()).startsWith('{'), true)
      await box.press('Control+End')
      await box.press('ArrowLeft')
      await box.pressSequentially(', "')
      await page.getByRole('listbox', { name: 'Completions' }).getByRole('option').first().waitFor()
      await page.keyboard.press('ArrowDown')
    },
  },
  {
    name: 'a mistake in a message',
    options: { scene: 'million', saved: true },
    reach: async (page) => {
      await page.getByRole('textbox', { name: 'Message' }).fill('{"op":x,"symbol":"BTC-EUR"}')
      await page.locator('lifeline-mistake .mistake').waitFor()
    },
  },
  {
    name: 'a request beside the stream',
    options: { scene: 'companion', saved: true },
    reach: async (page) => {
      await perform(page, 'send')
      await page.getByRole('textbox', { name: 'Body' }).fill('{"price":x,"size":1}')
      await page.locator('lifeline-mistake .mistake').waitFor()
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
    reach: selectSpan,
  },
  ...detailStates,
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

/** Resolves when the filter says so. */
async function searched(page: Page, words: RegExp): Promise<void> {
  await page.locator('lifeline-filter .found', { hasText: words }).waitFor()
}

async function selectSpan(page: Page): Promise<void> {
  const strip = page.getByRole('slider', { name: 'Overview of the session' })
  await page.locator('#overview-words', { hasText: '1006' }).waitFor({ state: 'attached' })
  for (let step = 0; step < 12; step++) await strip.press('Shift+ArrowRight')
}
