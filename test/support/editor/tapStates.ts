// States of the timeline of a tap, and how each is come to.

import { click, type TimelineState } from './stateActs.ts'

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
  { name: 'a tap through which nothing has passed', options: { scene: 'tap-quiet' } },
  { name: 'the capture of a tap', options: { scene: 'tap-saved' } },
]
