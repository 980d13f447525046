// States of the detail of a frame: each form of its payload, each of its tabs.

import { showPayloadAs } from './showPayloadAs.ts'
import { click, openTab, payloadAs, press, type TimelineState } from './stateActs.ts'

export const detailStates: readonly TimelineState[] = [
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
    name: 'a number over time',
    options: { scene: 'websocket' },
    reach: async (page) => {
      await press(page, 'Home', 'PageDown', 'Enter')
      // A pointer that only appears has not moved.
      await page.getByRole('treeitem', { name: 'symbol:' }).hover()
      await page.getByRole('treeitem', { name: 'id:' }).hover()
      await click(page, 'Plot')
      await page.getByRole('region', { name: 'id over time' }).locator('canvas').waitFor()
    },
  },
  {
    name: 'bytes that are selected',
    options: { scene: 'websocket' },
    reach: async (page) => {
      await payloadAs(page, 'Hex')
      const hex = page.locator('.hex')
      for (let byte = 0; byte < 20; byte++) await hex.press('Shift+ArrowRight')
      await page.getByText(/^Offset .* bytes$/).waitFor()
    },
  },
  {
    name: 'a match within a payload',
    options: { scene: 'payloads' },
    reach: async (page) => {
      await press(page, 'End', 'Enter')
      await page.getByRole('tree').press('Control+f')
      await page.getByRole('textbox', { name: 'Find in the payload' }).fill('e')
      await page.locator('.payload-find .words', { hasText: '1 of 10' }).waitFor()
    },
  },
  {
    name: 'a text of 100 MB',
    options: { scene: 'payloads' },
    reach: async (page) => {
      await press(page, 'Home', 'ArrowDown', 'ArrowDown', 'Enter')
      await page.locator('.text-line').first().waitFor()
    },
  },
  {
    name: 'a picture',
    options: { scene: 'payloads' },
    reach: async (page) => {
      await press(page, 'Home', 'Enter')
      await page.getByText('PNG · 3 × 2 pixels').waitFor()
    },
  },
  {
    name: 'a frame to compare with',
    options: { scene: 'payloads' },
    reach: async (page) => {
      await openTab(page, 'Difference', 'End')
      await click(page, 'Compare with…')
      await page.getByText('Select another row').waitFor()
    },
  },
]
