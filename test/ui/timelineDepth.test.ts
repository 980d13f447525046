// The timeline folds, shows on demand and sends, against the demo server, in a real window.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { type DemoServer, startDemoServer } from '../../src/demo/demoServer.ts'
import { openWorkbench, type Workbench } from '../support/editor/workbench.ts'

function profilesText(http: string): string {
  const ws = http.replace('http', 'ws')
  return JSON.stringify({
    profiles: [
      { name: 'Polled', url: `${http}/poll?rate=0.4`, method: 'polling', interval: '200ms' },
      {
        name: 'Talk',
        url: `${ws}/ws?rate=2&fragments=3`,
        send: [{ op: 'subscribe', symbol: 'BTC-EUR' }],
        messages: [
          { name: 'Greeting', json: { chat: 'hello' } },
          { name: 'Magic', hex: 'ca fe' },
        ],
        requests: [
          {
            name: 'Publish',
            request: 'POST',
            url: '/publish',
            body: { from: 'test', text: 'beside' },
          },
        ],
      },
    ],
  })
}

describe('the depth of a timeline in the workbench', () => {
  let demo: DemoServer
  let workbench: Workbench
  before(async () => {
    demo = await startDemoServer({ host: '127.0.0.1', port: 0 })
    workbench = await openWorkbench({
      files: { '.vscode/lifeline.json': profilesText(demo.url) },
      theme: 'dark',
      width: 1600,
    })
    await workbench.openLifelineView()
  })
  after(async () => {
    await workbench?.close()
    await demo?.close()
  })

  const row = (text: string | RegExp) =>
    workbench.timelineFrame().locator('.row:not([hidden])', { hasText: text })

  async function connect(profile: string): Promise<void> {
    await workbench.runCommand('Lifeline: Connect Saved Profile…')
    await workbench.pickItem(profile)
  }

  async function follow(): Promise<void> {
    const button = workbench.timelineFrame().getByRole('button', { name: 'Follow' })
    if ((await button.getAttribute('aria-pressed')) === 'false') await button.click()
    await button.and(workbench.timelineFrame().locator('[aria-pressed=true]')).waitFor()
  }

  it('folds unchanged polls, and opens them', async () => {
    await connect('Polled')
    const frame = workbench.timelineFrame()
    const changed = row(/200 OK · changed \(\d+ added/)
    const folded = row(/\d+ unchanged polls in/)
    await changed.nth(1).waitFor()
    await folded.nth(1).waitFor()
    await frame.locator('.polling', { hasText: /polls · \d+ % unchanged/ }).waitFor()
    await frame.getByRole('button', { name: 'Pause' }).click()
    await workbench.screenshot('folded-polls')
    await changed.first().click()
    await frame.getByRole('tab', { name: 'Difference' }).click()
    await frame.getByText(/\d+ differences? from #/).waitFor()
    await workbench.screenshot('changed-poll')
    await folded.first().click()
    await row(/304 Not Modified · unchanged/)
      .first()
      .waitFor()
    await workbench.screenshot('opened-polls')
    await workbench.runCommand('Lifeline: Disconnect…')
  })

  it('shows the wire layer by its key', async () => {
    await connect('Talk')
    await row(/(trade|chat)\s+id \d/)
      .first()
      .waitFor()
    assert.equal(await row(/^.*fragment \d/).count(), 0)
    // A few seconds later the first rows are out of view.
    await workbench.timelineFrame().getByRole('grid', { name: 'Frames' }).press('Home')
    await row('101 Switching Protocols').click()
    await workbench.page.keyboard.press('Alt+W')
    await row(/fragment 3 continuation/)
      .first()
      .waitFor()
    // The feed's own messages come in parts; the answer to the subscription does not.
    await row(/(trade|chat)\s+id \d/)
      .first()
      .click()
    const frame = workbench.timelineFrame()
    await frame.getByRole('tab', { name: 'Wire' }).click()
    await frame.getByRole('table', { name: 'Fragments' }).waitFor()
    await frame.getByText('Extensions agreed').waitFor()
    await workbench.screenshot('wire-layer')
    await workbench.page.keyboard.press('Alt+W')
    await frame.locator('.row.wire:not([hidden])').first().waitFor({ state: 'detached' })
  })

  it('sends saved messages, repeats, pings and closes', async () => {
    const frame = workbench.timelineFrame()
    await follow()
    await frame.getByRole('button', { name: 'Saved' }).first().click()
    await frame.getByRole('menuitem', { name: 'Magic' }).click()
    await frame.getByText('“Magic”, as saved in the profile').waitFor()
    await frame.getByRole('textbox', { name: 'Message' }).press('Control+Enter')
    await row('binary ca fe').first().waitFor()
    await frame.getByRole('button', { name: 'Ping' }).click()
    await frame.getByRole('menuitem', { name: 'Empty ping' }).click()
    await row(/ping, pong after [\d.]+ ms/).waitFor()
    await frame.getByRole('button', { name: 'Every…' }).click()
    await frame.getByRole('textbox', { name: 'Send the message every' }).fill('300ms')
    await frame.getByRole('button', { name: 'Start' }).click()
    await frame.getByText('Every 300 ms').waitFor()
    await row('binary ca fe').nth(3).waitFor()
    await workbench.screenshot('repeating')
    await frame.getByRole('button', { name: 'Stop repeating' }).click()
    await frame.getByText('Every 300 ms').waitFor({ state: 'detached' })
  })

  it('sends a saved request, and leads to what came after it', async () => {
    const frame = workbench.timelineFrame()
    await frame.getByRole('button', { name: 'Send a request beside this stream' }).click()
    await frame.locator('.companion').getByRole('button', { name: 'Saved' }).click()
    await frame.getByRole('menuitem', { name: 'Publish' }).click()
    await frame.locator('.companion').getByRole('textbox', { name: 'URL' }).press('Control+Enter')
    await row('POST /publish').waitFor()
    const link = frame.locator('.lane-link', { hasText: /first frame after [\d.]+ m?s/ })
    await link.waitFor()
    await workbench.screenshot('companion')
    await link.click()
    await row(/text .*beside/)
      .and(frame.locator('[aria-selected=true]'))
      .waitFor()
  })

  it('closes with a code and a reason, and says who answers', async () => {
    const frame = workbench.timelineFrame()
    await follow()
    await frame.getByRole('button', { name: 'Close…' }).click()
    await frame.getByRole('textbox', { name: 'Code' }).fill('4001')
    await frame.getByRole('textbox', { name: 'Reason' }).fill('enough')
    await frame.getByRole('button', { name: 'Close the connection' }).click()
    await row('close 4001 (private use) “enough” by client').waitFor()
    await row('answered by server').waitFor()
    await frame.getByPlaceholder('The session has ended. Reconnect to send.').waitFor()
    await workbench.screenshot('closed-by-hand')
  })
})
