// Polls in VS Code itself: runs of unchanged ones open and fold, holds are drawn as long as they were, and an answer has its phases.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import type { Locator } from 'playwright-core'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'
import {
  answer,
  answerBytes,
  type HttpBehaviour,
  inTurn,
  startHttpServer,
  type TestHttpServer,
} from '../support/servers/httpServer.ts'

const state = (n: number) => answer(200, [], JSON.stringify({ state: n }))
const unchanged = 5
const pieceMs = 300
const shortHoldMs = 20
const longHoldMs = 2000

/** The head at once, the body later. */
const inTwoPieces: HttpBehaviour = ({ socket }) => {
  const bytes = answerBytes(200, [], JSON.stringify({ state: 1 }))
  const body = bytes.indexOf('\r\n\r\n') + 4
  socket.write(bytes.subarray(0, body))
  setTimeout(() => socket.write(bytes.subarray(body)), pieceMs)
}

const heldFor =
  (ms: number, n: number): HttpBehaviour =>
  (request) =>
    setTimeout(() => state(n)(request), ms)

/** The request stays open. */
const held: HttpBehaviour = () => {}

describe('using polls in the workbench', () => {
  let workbench: Workbench
  let server: TestHttpServer
  before(async () => {
    const same = Array.from({ length: unchanged }, () => state(1))
    server = await startHttpServer({
      '/state': inTurn(inTwoPieces, ...same, state(2)),
      '/updates': inTurn(heldFor(shortHoldMs, 1), heldFor(longHoldMs, 2), held),
    })
    const profiles = [
      { name: 'State', url: `${server.origin}/state`, method: 'polling', interval: '400ms' },
      { name: 'Updates', url: `${server.origin}/updates`, method: 'long-polling' },
    ]
    workbench = await openWorkbench({
      theme: 'dark',
      files: { '.vscode/lifeline.json': JSON.stringify({ profiles }) },
    })
  })
  after(async () => {
    await workbench?.close()
    await server?.close()
  })

  const connect = async (profile: string) => {
    await workbench.runCommand('Lifeline: Connect Saved Profile…')
    await workbench.pickItem(profile)
    await row(`GET /${profile.toLowerCase()}`).first().waitFor()
  }
  const frame = () => workbench.timelineFrame()
  const grid = () => frame().getByRole('grid', { name: 'Frames' })
  const row = (text: string | RegExp) =>
    frame().locator('.row:not([hidden]):not(.live)', { hasText: text })
  const selected = (text: string | RegExp) => row(text).and(frame().locator('[aria-selected=true]'))
  const rowCount = async () => Number(await grid().getAttribute('aria-rowcount'))
  const boxOf = async (one: Locator) => (await one.boundingBox()) ?? assert.fail()
  const runWords = `${unchanged} unchanged polls in `
  /** The first one, which has come to its end. */
  const run = () => row(runWords).first()
  const polls = () => row(/200 Status 200 · unchanged/)

  it('folds what goes on in one row, and the rows above stay', async () => {
    await connect('State')
    const last = row(/^.*unchanged polls in /).nth(1)
    await last.waitFor()
    await run().waitFor()
    const count = async () =>
      Number(/(\d+) unchanged polls/.exec((await last.textContent()) ?? '')?.[1])
    const [before, place] = [await count(), await boxOf(run())]
    await eventually('the run grows', async () => (await count()) > before + 1)
    // Two answers that were new, each with its request, and two runs.
    await comesTo(rowCount, 6)
    assert.deepEqual(await boxOf(run()), place)
    await workbench.runCommand('Lifeline: Disconnect…')
    await row('end · Disconnected.').waitFor()
  })

  it('opens a run in its place with the pointer, and folds it by its mark', async () => {
    const [rows, place] = [await rowCount(), await boxOf(run())]
    await run().click()
    await polls()
      .nth(unchanged - 1)
      .waitFor()
    await comesTo(rowCount, rows + 2 * unchanged - 1)
    const first = selected(/GET \/state/)
    assert.equal((await boxOf(first)).y, place.y)
    assert.equal(await frame().getByRole('tab').count(), 0, 'no detail has opened')
    await workbench.screenshot('open-polls-in-workbench')
    await first.locator('.fold-mark').click()
    await run().waitFor()
    await comesTo(rowCount, rows)
    assert.deepEqual(await boxOf(run()), place)
  })

  it('opens and folds it with the keys, from each of its polls', async () => {
    const rows = await rowCount()
    const folded = selected(runWords).first()
    for (const key of ['Enter', ' ', 'ArrowRight']) {
      await run().waitFor()
      for (const way of ['Home', 'ArrowDown', 'ArrowDown']) await grid().press(way)
      await folded.waitFor()
      const mark = folded.getByRole('gridcell').nth(1)
      await comesTo(() => mark.getAttribute('aria-expanded'), 'false')
      await grid().press(key)
      await comesTo(rowCount, rows + 2 * unchanged - 1)
      const first = selected(/GET \/state/)
        .getByRole('gridcell')
        .nth(1)
      await comesTo(() => first.getAttribute('aria-expanded'), 'true')
      for (let down = 0; down < 3; down++) await grid().press('ArrowDown')
      await selected(/unchanged/).waitFor()
      await grid().press('ArrowLeft')
      await folded.waitFor()
      await comesTo(rowCount, rows)
    }
  })

  it('has the phases of an answer as parts of one bar, one after the other, and as a table', async () => {
    await grid().press('Home')
    await row('200').first().click()
    await frame().getByRole('tab', { name: 'Timing' }).click()
    const phases = frame().getByRole('table', { name: 'Phases' })
    const cells = async (name: string) =>
      phases
        .getByRole('row', { name: new RegExp(`^${name} `) })
        .getByRole('cell')
        .allTextContents()
    await phases.waitFor()
    const [ms = '', share = ''] = await cells('Receiving')
    assert.ok(Number.parseFloat(ms) > pieceMs / 2 || ms.endsWith(' s'), `${ms} for the body`)
    await workbench.screenshot('timing-in-workbench')
    const bar = await boxOf(frame().locator('.phase-bar'))
    const part = async (name: string) => boxOf(frame().locator(`.phase-bar .${name}`))
    const [waiting, receiving] = [await part('waiting'), await part('receiving')]
    const told = (100 * receiving.width) / bar.width
    assert.ok(Math.abs(told - Number.parseFloat(share)) <= 1.5, `${told} % are drawn of ${share}`)
    assert.ok(Math.abs(waiting.x + waiting.width - receiving.x) <= 1.5)
    assert.ok(Math.abs(receiving.x + receiving.width - bar.x - bar.width) <= 1.5)
  })

  it('draws how long the server holds a request, while it does and afterwards', async () => {
    await connect('Updates')
    const answers = row(/200 Status 200/)
    await answers.nth(1).waitFor()
    const hold = async (one: Locator) => boxOf(one.locator('.hold-bar'))
    const [short, long] = [await hold(answers.first()), await hold(answers.nth(1))]
    assert.ok(long.height > short.height + 4, `${short.height} px, ${long.height} px`)
    const live = frame().locator('.row.live', { hasText: /waits for data · \d+\.\d s/ })
    await live.waitFor()
    await eventually(
      'the bar of what is held has grown',
      async () => (await hold(live)).height >= long.height,
    )
    await workbench.screenshot('holds-in-workbench')
    await answers.nth(1).click()
    await frame().getByRole('tab', { name: 'Timing' }).click()
    const words = frame().locator('dl.facts', { hasText: /Held2\.\d+ s/ })
    await words.waitFor()
    const bar = await boxOf(frame().locator('.phase-bar'))
    const waiting = await boxOf(frame().locator('.phase-bar .waiting'))
    assert.ok(waiting.width > bar.width * 0.9, `${waiting.width} of ${bar.width} px`)
  })
})
