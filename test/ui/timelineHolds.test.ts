// The pane of what a tap holds: the rule, each that waits with its boxes, and a message of the user's own.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelinePage } from '../support/editor/useTimelinePage.ts'
import { comesTo } from '../support/eventually.ts'

describe('the pane of what a tap holds', () => {
  const { open, host, askHost, keys, waitForSelected } = useTimelinePage()

  /** So many wait: a text, a binary message, an answer, a long text. */
  const openHeld = async (count: number) => {
    const page = await open({ scene: 'tap-changed', width: 1400, height: 1000 })
    await host((fake) => fake.perform('faults'))
    // A function sees nothing of the test.
    await page.evaluate(`(${holdSome.toString()})(window.fakeHost, ${count})`)
    const pane = page.getByRole('region', { name: 'Faults' })
    return { page, pane }
  }

  const holdSome = (
    fake: { status(change: object): Promise<unknown> },
    count: number,
    gone = 0,
  ): Promise<unknown> => {
    const one = { seq: 5, connection: 7, since: Date.UTC(2026, 10, 20, 14, 22, 11) }
    const kinds = ['message', 'message', 'answer', 'message']
    const held = kinds
      .map((kind, index) => ({
        ...one,
        ...{ id: index + 1, kind, to: kind === 'answer' ? 'client' : 'server' },
      }))
      .slice(gone, count)
    return fake.status({
      holds: { rule: { filter: 'type:order', way: 'both' }, held, count: held.length },
    })
  }

  /** Bytes as lists. */
  const asked = (method: string) =>
    askHost(({ calls }) =>
      calls.map((call) => ({
        method: call.method,
        args: JSON.stringify(call.args, (_, value) =>
          value instanceof Uint8Array ? [...value] : value,
        ),
      })),
    ).then((calls) =>
      calls.filter((call) => call.method === method).map(({ args }) => JSON.parse(args)),
    )

  it('turns a rule on by a filter and a way, and off', async () => {
    const page = await open({ scene: 'tap', width: 1400, height: 1000 })
    await host((fake) => fake.perform('faults'))
    const pane = page.getByRole('region', { name: 'Faults' })
    await pane.getByRole('button', { name: 'Hold off' }).click()
    const filter = pane.getByRole('textbox', { name: 'What matches' })
    await filter.fill('type:"order')
    await pane.locator('#hold-hint.error').waitFor()
    assert.equal(await filter.getAttribute('aria-invalid'), 'true')
    assert.ok(await pane.getByRole('button', { name: 'Hold', exact: true }).isDisabled())
    await filter.fill('type:order')
    await pane.getByRole('combobox', { name: 'On what goes' }).selectOption('to the server')
    await filter.press('Enter')
    const on = pane.getByRole('button', { name: 'Hold by type:order · to the server' })
    await on.waitFor()
    await pane.getByText('Nothing waits now.').waitFor()
    assert.deepEqual(await asked('setHold'), [[{ filter: 'type:order', way: 'server' }]])
    await on.click()
    await pane.getByRole('button', { name: 'Hold no more' }).click()
    await pane.getByRole('button', { name: 'Hold off' }).waitFor()
    assert.deepEqual((await asked('setHold')).at(-1), [null])
  })

  it('counts how long each waits, and lets it pass as it was', async () => {
    const { page, pane } = await openHeld(1)
    const head = pane.getByRole('button', { name: 'WebSocket #7, to the server' })
    const waited = () => head.locator('.state').textContent()
    const first = await waited()
    assert.match(first ?? '', /^\d+\.\d s$/)
    await comesTo(async () => (await waited()) !== first, true)
    const box = pane.getByRole('textbox', { name: 'Message' })
    await comesTo(() => box.inputValue(), '{"type":"order",\n "size":0.01}')
    await pane.getByRole('button', { name: 'Let pass' }).click()
    await head.waitFor({ state: 'detached' })
    assert.deepEqual(await asked('decide'), [[1, { kind: 'pass' }]])
    // The keyboard goes on from where it was.
    await comesTo(() => page.locator('lifeline-holds .tap-row > button:focus').count(), 1)
  })

  it('passes what was changed, says what stood there, and goes on with the next, by keys', async () => {
    const { page, pane } = await openHeld(3)
    await page.getByRole('button', { name: '3 held' }).click()
    const box = pane.getByRole('textbox', { name: 'Message', exact: true })
    await comesTo(() => box.and(page.locator(':focus')).count(), 1)
    await box.fill('{"type":"order",\n "size":0.1}')
    await pane.getByText('was 0.01').waitFor()
    await pane.locator('#held-hint-1').getByText('Valid JSON').waitFor()
    await keys('Control+Enter')
    const hex = pane.getByRole('textbox', { name: 'Message in hex' })
    await comesTo(() => hex.and(page.locator(':focus')).count(), 1)
    assert.equal(await hex.inputValue(), '00 ab ff')
    await hex.fill('00 a')
    await pane.getByText('Write pairs of hexadecimal digits').waitFor()
    await keys('Control+Enter')
    await hex.fill('00 aa')
    await keys('Control+Enter')
    await pane.getByRole('textbox', { name: 'Status' }).fill('503 Slow Down')
    await pane.getByRole('textbox', { name: 'Header fields' }).fill('Retry-After: 5')
    const body = pane.getByRole('textbox', { name: 'Body' })
    await body.fill('{"items":3}')
    await pane.getByText(/^was 200 OK · Content-Type: application\/json/).waitFor()
    await body.press('Control+Enter')
    await pane.getByText('Nothing waits now.').waitFor()
    const decided = await asked('decide')
    assert.deepEqual(decided[0], [
      1,
      {
        kind: 'change',
        content: {
          kind: 'message',
          message: { type: 'text', text: '{"type":"order",\r\n "size":0.1}' },
        },
      },
    ])
    assert.deepEqual(decided[1], [
      2,
      {
        kind: 'change',
        content: { kind: 'message', message: { type: 'binary', bytes: [0, 170] } },
      },
    ])
    assert.equal(decided.length, 3)
    assert.deepEqual(decided[2], [
      3,
      {
        kind: 'change',
        content: {
          kind: 'answer',
          ...{ status: 503, reason: 'Slow Down', fields: [['Retry-After', '5']] },
          body: '{"items":3}',
        },
      },
    ])
  })

  it('keeps what was typed where it cannot go on, and says why', async () => {
    const { page, pane } = await openHeld(2)
    const box = pane.getByRole('textbox', { name: 'Message', exact: true })
    await box.fill('refused')
    await pane.getByRole('button', { name: 'Pass changed' }).click()
    await pane.getByText('What is refused cannot go on.').waitFor()
    assert.equal(await box.inputValue(), 'refused')
    // Gone on its own, it gives the focus to no other held one.
    await box.focus()
    await page.evaluate(`(${holdSome.toString()})(window.fakeHost, 2, 1)`)
    await comesTo(() => page.locator('lifeline-holds .tap-row > button:focus').count(), 1)
    await pane.getByRole('button', { name: 'Drop', exact: true }).click()
    await pane.getByText('Nothing waits now.').waitFor()
    assert.deepEqual((await asked('decide')).at(-1), [2, { kind: 'drop' }])
  })

  it('opens any of those that wait, and keeps what was typed in another', async () => {
    const { page, pane } = await openHeld(4)
    const box = pane.getByRole('textbox', { name: 'Message', exact: true })
    await box.fill('typed')
    const heads = pane.locator('.held .tap-row > button')
    await heads.nth(3).click()
    await pane.getByText('It is too large to be changed here.').waitFor()
    await comesTo(() => page.locator('.held .acts button:focus').count(), 1)
    await heads.nth(0).click()
    await comesTo(() => box.inputValue(), 'typed')
    // A row is only selected; its detail stands behind the pane.
    await page.locator('.row[aria-label^="#3,"]').click()
    await waitForSelected(3)
    await keys('Escape')
    const detail = page.locator('lifeline-detail')
    await detail.waitFor()
    await page.getByRole('button', { name: '4 held' }).click()
    await comesTo(() => box.inputValue(), 'typed')
    await page.locator('.row[aria-label^="#4,"]').dblclick()
    await detail.waitFor()
  })

  it('sends a message into the WebSocket of the selected row, to either side', async () => {
    const { page, pane } = await openHeld(0)
    await pane.getByText('Select a row of the WebSocket').waitFor()
    await page.locator('.row[aria-label^="#3,"]').click()
    await waitForSelected(3)
    await pane.getByRole('heading', { name: 'Send into #7' }).waitFor()
    await pane.getByRole('button', { name: 'to the server…' }).click()
    const box = pane.getByRole('textbox', { name: 'Message to the server' })
    await comesTo(() => box.and(page.locator(':focus')).count(), 1)
    await box.pressSequentially('hello')
    await box.press('Control+Enter')
    await pane.getByText('It goes into #7, to the server').waitFor()
    await pane.getByRole('button', { name: 'to my program…' }).click()
    const other = pane.getByRole('textbox', { name: 'Message to my program' })
    await other.fill('hello')
    await pane.getByRole('button', { name: 'Send', exact: true }).click()
    await pane.getByText('The WebSocket is not open.').waitFor()
    assert.equal(await other.inputValue(), 'hello')
    assert.deepEqual(await asked('sendInto'), [
      [7, 'server', { type: 'text', text: 'hello' }],
      [7, 'client', { type: 'text', text: 'hello' }],
    ])
  })
})
