// (n), (o): a long capture in a browser: scrolled through, filtered, folded, and its overview.

import type { Bench, Measure, Measurement } from '../measure.ts'
import { endpointFor, recordAll, startWorker } from '../watched.ts'
import { type BenchPage, withPage } from './benchPages.ts'

export const millionInView: Measurement = async (bench) => {
  const count = bench.scaled(1_000_000)
  // Each message differs from the one before, so that each is a row.
  await record(bench, `count=${count}&rate=1000000`, count)
  return withPage(bench.capturePath, async (shown) => {
    await shown.page.locator('.row[aria-label^="#"]').first().waitFor()
    const pictures = await scrollThrough(shown)
    const filter = await filterRows(shown)
    const folded = await fold(shown)
    return [
      {
        name: `(n) scroll through ${count} rows, longest without a row`,
        value: pictures.longestBlankMs,
        unit: 'ms',
        aim: 100,
        better: 'less',
        detail: { perSecond: pictures.perSecond, longestMs: pictures.longestMs },
      },
      lessMs(`(n) filter ${count} frames, first rows in view`, filter.firstMs, 150),
      lessMs(`(n) filter ${count} frames, all counted`, filter.allMs, 1500),
      lessMs(`(n) fold ${count} frames, rows in view`, folded, 1500),
    ]
  })
}

export const longOverview: Measurement = async (bench) => {
  const count = bench.scaled(10_000_000)
  await record(bench, `count=${count}&size=64`, count)
  const answeredMs = await overviewMs(bench.capturePath)
  const sincePageBeganMs = await withPage(bench.capturePath, async ({ ask }) => {
    await ask((probe) => probe.until('#overview-words', 'frames in', 60_000))
    return ask(() => performance.now())
  })
  const measure = lessMs(`(o) overview of ${count} frames, from opening on`, answeredMs, 200)
  return [{ ...measure, detail: { sincePageBeganMs } }]
}

/** From the call that opens the capture to the whole answer. */
async function overviewMs(path: string): Promise<number> {
  const reader = startWorker()
  await reader.ready()
  const asked = performance.now()
  await reader.remote.open(path)
  for (let isWhole = false; !isWhole; ) {
    isWhole = (await reader.remote.analysis('overview', { afterSeq: 0 })).complete
  }
  const ms = performance.now() - asked
  await reader.close()
  return ms
}

const lessMs = (name: string, value: number, aim: number): Measure => ({
  name,
  value,
  unit: 'ms',
  aim,
  better: 'less',
  detail: {},
})

async function record({ port, capturePath }: Bench, query: string, count: number): Promise<void> {
  const recorder = startWorker()
  const endpoint = endpointFor('websocket', `ws://127.0.0.1:${port}/?${query}`)
  await recordAll(recorder, endpoint, capturePath, count)
  // As a window does: what the capture keeps of itself is written then.
  await recorder.remote.close()
  await recorder.close()
}

/** From the newest row to the first and back: what a user sees who draws the scroll bar. */
async function scrollThrough({ ask }: BenchPage) {
  await ask((probe) => probe.watch({ rows: false }))
  await ask((probe) => probe.scrollThrough(8000))
  return ask((probe) => probe.pictures())
}

/** Ms from the key that applies the filter. */
async function filterRows({ page, ask }: BenchPage) {
  const box = page.getByRole('combobox', { name: 'Filter' })
  // What matches is marked in the rows, which no row is without a filter.
  await box.fill('9999')
  const shown = ask(async (probe) => {
    const first = probe.until('.row mark.hit', '9999', 60_000)
    const all = probe.until('.filter .found', ' of ', 60_000)
    return { firstMs: await first, allMs: await all }
  })
  await page.keyboard.press('Enter')
  return shown
}

/** Ms from the choice in the menu. */
async function fold({ page, ask }: BenchPage): Promise<number> {
  await page.getByRole('combobox', { name: 'Filter' }).fill('')
  await page.getByRole('combobox', { name: 'Filter' }).press('Enter')
  await ask((probe) => probe.until('.row:not(.loading)', '^#', 60_000))
  await page.getByRole('button', { name: /^Fold/ }).click()
  const folded = ask((probe) => probe.until('.row:has([aria-expanded=false])', '^#', 60_000))
  await page.getByRole('menuitemradio', { name: 'Fold repeats and bursts' }).click()
  return folded
}
