// A filter and the fields that rows show, kept with the profile from the timeline of VS Code itself, and two payloads of JSON
// in its own diff editor.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import { comesTo } from '../support/eventually.ts'

const trades = [
  '{"symbol":"BTC-EUR","price":70111.50,"id":1}',
  '{"symbol":"ETH-EUR","price":3511.00,"id":2}',
  '{"price":3512.00,"id":3,"symbol":"ETH-EUR"}',
]

describe('keeping with the profile', () => {
  const { workbench, connect, frame, row, filter } = useTimelineWorkbench({
    accept: (ws) => {
      for (const trade of trades) ws.send(trade)
    },
    profile: { name: 'Live' },
    format: (file) => JSON.stringify(file, null, 2).replace(',', ', // The one that is meant.'),
    until: '3512',
    // However narrow.
    settings: { 'diffEditor.useInlineViewWhenSpaceIsLimited': false },
  })

  const saveFilter = () =>
    frame().getByRole('button', { name: 'Save this filter with the profile…' })
  const saved = (part: string) =>
    workbench().savedText('.vscode/lifeline.json', (text) => text.includes(part))
  const isTold = async (text: string) => {
    const notifications = await workbench().openNotifications()
    await notifications.getByText(text).waitFor()
    // Escape would close them before anything else.
    await workbench().runCommand('Notifications: Clear All Notifications')
    await notifications.waitFor({ state: 'hidden' })
  }

  it('asks for the name of a filter, writes it into the profile, and offers it', async () => {
    await filter().fill('$.symbol = "ETH-EUR"')
    await row('70111').waitFor({ state: 'hidden' })
    await saveFilter().click()
    await workbench().quickInputMessage().getByText('Name of the filter').waitFor()
    assert.equal(await workbench().quickInput().inputValue(), '$.symbol = "ETH-EUR"')
    await workbench().typeInQuickInput('  ', { accept: false })
    await workbench().quickInputMessage().getByText('Write a name').waitFor()
    await workbench().typeInQuickInput('Ether')
    await isTold('Saved “Ether” in “Live”.')
    await workbench().screenshot('kept-filter')
    // It is saved, and what the user wrote into the file is still there.
    await saveFilter().waitFor({ state: 'detached' })
    const text = await saved('Ether')
    assert.match(text, /\/\/ The one that is meant\./)
    assert.match(
      text,
      /"filters": \[\s*\{\s*"name": "Ether",\s*"filter": "\$\.symbol = \\"ETH-EUR\\""/,
    )

    await filter().fill('')
    await row('70111').waitFor()
    await filter().press('Alt+ArrowDown')
    const offer = frame().getByRole('option', { name: /^Ether/ })
    await offer.waitFor()
    await workbench().screenshot('kept-filter-offered')
    await offer.click()
    await comesTo(() => filter().inputValue(), '$.symbol = "ETH-EUR"')
    await row('70111').waitFor({ state: 'hidden' })
  })

  it('takes no name twice, and saves nothing when the question is left', async () => {
    await filter().fill('price')
    await saveFilter().click()
    await workbench().quickInputMessage().getByText('Name of the filter').waitFor()
    await workbench().typeInQuickInput('Ether', { accept: false })
    await workbench().quickInputMessage().getByText('Choose another name').waitFor()
    await workbench().leaveQuickInput()
    await saveFilter().waitFor()
    await filter().fill('')
    await row('101 Switching').waitFor()
  })

  it('keeps no filter, and no name, with a secret that was sent since the session began', async () => {
    const message = frame().getByRole('textbox', { name: 'Message' })
    await message.fill('{"token":"q7.Zr4-t0k3n"}')
    await message.press('Control+Enter')
    await row('secret:body-token').waitFor()
    await filter().fill('-q7.Zr4-t0k3n')
    await saveFilter().click()
    await isTold('The filter was not saved: it holds a secret.')
    await filter().fill('price')
    await saveFilter().click()
    await workbench().quickInputMessage().getByText('Name of the filter').waitFor()
    await workbench().typeInQuickInput('q7.Zr4-t0k3n', { accept: false })
    await workbench().quickInputMessage().getByText('this one holds a secret').waitFor()
    await workbench().leaveQuickInput()
    await filter().fill('')
    await row('101 Switching').waitFor()
    await filter().press('Alt+ArrowDown')
    await frame()
      .getByRole('option', { name: /^price/ })
      .waitFor()
    assert.equal(await frame().getByRole('option', { name: /q7/ }).count(), 0)
    await filter().press('Escape')
  })

  it('has what was typed when the timeline has been hidden, with its secret', async () => {
    const message = () => frame().getByRole('textbox', { name: 'Message' })
    await message().fill('again q7.Zr4-t0k3n')
    await filter().fill('-q7.Zr4-t0k3n')
    await workbench().runCommand('File: New Untitled Text File')
    await workbench().page.getByRole('tab', { name: 'Live' }).click()
    await row('101 Switching').waitFor()
    await comesTo(() => message().inputValue(), 'again q7.Zr4-t0k3n')
    await comesTo(() => filter().inputValue(), '-q7.Zr4-t0k3n')
    await message().fill('')
    await message().press('ArrowUp')
    await comesTo(() => message().inputValue(), '{"token":"q7.Zr4-t0k3n"}')
    await message().fill('')
    await filter().fill('')
  })

  it('writes the fields that rows show into the profile, from where the next session has them', async () => {
    await frame()
      .getByRole('button', { name: /[Ff]ields/ })
      .first()
      .click()
    const box = frame().getByRole('dialog', { name: 'Fields that rows show' })
    await box.locator('.choice', { hasText: 'price' }).click()
    await box.locator('.choice', { hasText: 'symbol' }).click()
    await workbench().screenshot('kept-fields-box')
    await box.getByRole('button', { name: 'Keep in profile' }).click()
    await isTold('“Live” shows these fields from now on.')
    const text = await saved('"show"')
    assert.match(text, /"show": \[\s*"price",\s*"symbol"\s*\]/)
    assert.match(text, /\/\/ The one that is meant\./)
    const heads = () => frame().locator('.field-heads')
    await heads().getByText('price').waitFor()

    await workbench().runCommand('View: Close All Editors')
    await connect()
    await row('3512').waitFor()
    await heads()
      .getByText(/price +symbol/)
      .waitFor()
    await workbench().screenshot('kept-fields')
  })

  it('shows two payloads in the diff editor, laid out, with their keys in order', async () => {
    await row('3511').click()
    await row('3512').click({ modifiers: ['ControlOrMeta'] })
    await frame().getByRole('button', { name: 'Difference' }).first().click()
    await frame().getByRole('button', { name: 'Open in Diff Editor' }).click()
    await workbench()
      .page.getByRole('tab', { name: /#\d+ ↔ #\d+/ })
      .waitFor()
    const side = (which: 'original' | 'modified') =>
      workbench().page.locator(`.monaco-diff-editor .editor.${which} .view-line`)
    const lines = async (which: 'original' | 'modified') => {
      const texts = await side(which).allInnerTexts()
      return texts.map((line) => line.replaceAll('\u00a0', ' '))
    }
    const laidOut = (id: number, price: string) => [
      '{',
      `  "id": ${id},`,
      `  "price": ${price},`,
      '  "symbol": "ETH-EUR"',
      '}',
    ]
    await comesTo(() => lines('original'), laidOut(2, '3511.00'))
    await comesTo(() => lines('modified'), laidOut(3, '3512.00'))
    await workbench().screenshot('diff-sorted')
  })
})
