// Frames read in VS Code itself: what a detail copies, shows in rows, finds and plots, and what a timeline remembers.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import { useDemoServer } from '../support/servers/useDemoServer.ts'

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

describe('reading frames in the workbench', () => {
  const demo = useDemoServer()
  const { workbench, connect, frame, row, grid, press, copies } = useTimelineWorkbench({
    accept: (ws) => {
      for (let price = 1; price <= 12; price++) {
        ws.send(JSON.stringify({ type: 'trade', symbol: 'BTC-EUR', price }))
      }
      ws.send(png)
    },
    profile: { name: 'Feed' },
    until: 'binary',
    width: 1600,
  })

  const line = (text: string) => frame().locator('.json-line', { hasText: text })

  async function copyAs(name: string): Promise<void> {
    await frame()
      .locator('lifeline-detail')
      .getByRole('button', { name: /^Cop(y|ied)$/ })
      .click()
    await frame().getByRole('menuitem', { name, exact: true }).click()
  }

  it('copies the path of a value as JavaScript, from the native menu', async () => {
    await row('price 12').click()
    await line('price:').click({ button: 'right' })
    await workbench().chooseInMenu('Copy Path as JavaScript')
    await copies(/^data\.price$/)
    await line('price:').click({ button: 'right' })
    await workbench().chooseInMenu('Copy Path')
    await copies(/^\$\.price$/)
  })

  it('shows a value in rows, kept in the profile, and plots it', async () => {
    await line('symbol:').hover()
    await line('price:').hover()
    await line('price:').getByRole('button', { name: 'Show in rows' }).click()
    await frame().locator('.field-heads', { hasText: 'price' }).waitFor()
    await line('price:').getByRole('button', { name: 'Plot' }).click()
    await frame().getByRole('region', { name: 'price over time' }).locator('canvas').waitFor()
    await workbench().screenshot('shown-and-plotted')
    await frame().locator('.fields-head').click()
    await frame().getByRole('button', { name: 'Keep in profile' }).click()
    const text = await workbench().savedText('.vscode/lifeline.json', (saved) =>
      saved.includes('"show"'),
    )
    assert.deepEqual(JSON.parse(text).profiles[0].show, ['price'])
  })

  it('finds within a payload while the focus is in the detail', async () => {
    await frame().getByRole('tree').focus()
    await press('Control+f')
    await frame().getByRole('textbox', { name: 'Find in the payload' }).fill('BTC')
    await frame().locator('.payload-find .words', { hasText: '1 of 1' }).waitFor()
    await press('Escape')
  })

  it('shows a picture', async () => {
    await row('binary').click()
    await frame().getByText('PNG · 1 × 1 pixels').waitFor()
    await workbench().screenshot('picture')
  })

  it('copies a handshake as a command for each of its programs', async () => {
    await row('Upgrade: websocket').click()
    await copyAs('Copy as websocat')
    await copies(/^websocat .*ws:\/\/127/)
    await copyAs('Copy as wscat')
    await copies(/^wscat -c .*ws:\/\/127/)
    await copyAs('Copy as cURL')
    await copies(/^curl /)
    await copyAs('Copy as HTTP text')
    await copies(/^GET \/ HTTP\/1\.1\n[\s\S]*Upgrade: websocket/i)
  })

  it('copies the statistics as Markdown', async () => {
    await grid().press('Alt+N')
    const pane = frame().getByRole('region', { name: 'Statistics' })
    await pane.locator('.summary').waitFor()
    await pane.getByRole('button', { name: 'Copy as Markdown' }).click()
    await copies(/^### Feed\n[\s\S]*\n\| Frames \| 14 \| 1 \|\n/)
    await workbench().screenshot('statistics')
    await press('Alt+N')
  })

  it('copies a request as a call of fetch', async () => {
    await workbench().runCommand('Lifeline: Connect with Server-Sent Events…')
    await workbench().typeInQuickInput(`${demo.url}/sse?rate=2`)
    await row('GET /sse').click()
    await copyAs('Copy as fetch')
    await copies(/^fetch\("http:\/\/127/)
  })

  it('remembers what times count from, and what folds, for the timelines after a reload', async () => {
    const times = () => frame().getByRole('button', { name: /^Times: Δ sent/ })
    await grid().press('Alt+K')
    await grid().press('Alt+K')
    await times().waitFor()
    await grid().press('Alt+L')
    await frame().getByRole('button', { name: 'Fold: bursts' }).waitFor()
    await workbench().reload()
    await times().waitFor()
    await frame().getByRole('button', { name: 'Fold: bursts' }).waitFor()
    await connect()
    await row(/13 messages/).waitFor()
    await times().waitFor()
    await frame().locator('.field-heads', { hasText: 'price' }).waitFor()
    await workbench().screenshot('remembered')
  })
})
