// States of the timeline of a tap, and how each is come to.

import { click, type TimelineState } from './stateActs.ts'

const item = `seq: 5, connection: 7, to: 'server', since: Date.UTC(2026, 10, 20, 14, 22, 11)`
const holdTwo = `window.fakeHost.status({ holds: {
  rule: { filter: 'type:order', way: 'server' }, count: 2,
  held: [{ id: 1, kind: 'message', ${item} }, { id: 2, kind: 'message', ${item} }],
} })`

export const tapStates: readonly TimelineState[] = [
  {
    name: 'a tap with its connections',
    options: { scene: 'tap' },
    reach: async (page) => {
      await page.getByRole('option').nth(3).click()
    },
  },
  {
    name: 'faults of a tap',
    options: { scene: 'tap' },
    reach: async (page) => {
      await click(page, 'Faults')
      await click(page, 'Answer 503 off')
      await click(page, 'Turn on')
      await page.getByRole('button', { name: 'Answer 503 Retry-After: 5' }).waitFor()
    },
  },
  {
    name: 'what a tap holds, changed',
    options: { scene: 'tap-changed' },
    reach: async (page) => {
      await click(page, 'Faults')
      await page.evaluate(holdTwo)
      await page.getByRole('textbox', { name: 'Message' }).fill('{"type":"order",\n "size":0.1}')
      await page.getByText('was 0.01').waitFor()
    },
  },
  { name: 'a tap through which nothing has passed', options: { scene: 'tap-quiet' } },
  { name: 'the capture of a tap', options: { scene: 'tap-saved' } },
]
