// A state of the timeline page that a user may see, and acts by which one is come to.

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

export async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.getByRole('grid', { name: 'Frames' }).press(key)
  await settled(page)
}

export async function click(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, ...(typeof name === 'string' && { exact: true }) }).click()
}

export async function fillFilter(page: Page, text: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Filter' }).fill(text)
}

/** As by a command. */
export async function perform(page: Page, action: TimelineAction): Promise<void> {
  await page.evaluate(`window.fakeHost.perform('${action}')`)
}

export async function openTab(page: Page, name: string, ...keys: readonly string[]): Promise<void> {
  await press(page, ...keys, 'Enter')
  await page.getByRole('tab', { name }).click()
}

export async function payloadAs(page: Page, form: string): Promise<void> {
  await press(page, 'Home', 'PageDown', 'Enter')
  await showPayloadAs(page, form)
}
