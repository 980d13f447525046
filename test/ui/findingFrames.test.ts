// Filter, find, go to and the overview in VS Code itself, whose own keys and memory they have to live with.

import assert from 'node:assert/strict'
import { before, describe, it } from 'mocha'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import { eventually } from '../support/eventually.ts'

/** Frames 1 and 2 are the handshake, 3 to 32 the trades, the chat is 33, the close 34. */
const trades = 30

describe('finding frames in the workbench', () => {
  const { workbench, frame, row, selected, grid, filter, found, press, copies } =
    useTimelineWorkbench({
      accept: (ws) => {
        for (let price = 1; price <= trades; price++) {
          ws.send(JSON.stringify({ type: 'trade', price }))
        }
        setTimeout(() => {
          ws.send(JSON.stringify({ type: 'chat', text: 'lunch' }))
          ws.close(1011, 'out of order')
        }, 1500)
      },
      profile: { name: 'Feed', reconnect: false },
      until: '1011',
    })
  before(() => workbench().openLifelineView())

  const type = (text: string) => workbench().page.keyboard.type(text)
  const goTo = async (place: string) => {
    await press('Control+g')
    const box = frame().getByRole('combobox', { name: 'Go to' })
    await box.fill(place)
    await box.press('Enter')
    await box.waitFor({ state: 'detached' })
  }

  it('filters in the language, tells a mistake, and saves a filter with the profile', async () => {
    await grid().focus()
    await press('/')
    await type('type:trade $.price > 25')
    await press('Enter')
    await found(/^5 of \d+$/)
    await row('chat').waitFor({ state: 'hidden' })
    await press('/')
    await press('End')
    await type(' kind:trades')
    await frame().getByRole('status').filter({ hasText: 'kind: takes one of' }).waitFor()
    assert.equal(await frame().locator('.colours .mistake').textContent(), 'trades')
    await workbench().screenshot('filter-mistake')
    await filter().fill('$.price > 25')
    await found(/^5 of \d+$/)
    await frame().getByRole('button', { name: 'Save this filter with the profile…' }).click()
    await workbench().typeInQuickInput('Dear')
    const text = await workbench().savedText('.vscode/lifeline.json', (saved) =>
      saved.includes('Dear'),
    )
    assert.deepEqual(JSON.parse(text).profiles[0].filters, [
      { name: 'Dear', filter: '$.price > 25' },
    ])
    await filter().press('Escape')
  })

  it('finds with the keys that VS Code has for it, and leaves all rows', async () => {
    await grid().press('Home')
    await press('Control+f')
    await type('lunch')
    await frame().locator('.find-bar .found', { hasText: '1 of 1' }).waitFor()
    await selected('lunch').waitFor()
    await row('1011').first().waitFor()
    await press('Escape')
    await press('Home')
    await press('F3')
    await selected('lunch').waitFor()
  })

  it('goes to a number, a time, the next gap and the next error', async () => {
    await grid().press('Home')
    await goTo('#12')
    await selected('price 10').waitFor()
    await press('F7')
    await selected('lunch').waitFor()
    await press('F8')
    await selected('1011').waitFor()
    await goTo('1s')
    await selected('lunch').waitFor()
  })

  it('selects a span of the overview, which is exported alone, while Find is open', async () => {
    const strip = frame().getByRole('slider', { name: 'Overview of the session' })
    const box = (await strip.boundingBox()) ?? assert.fail()
    const at = (share: number) => [box.x + box.width * share, box.y + 20] as const
    await workbench().page.mouse.move(...at(0.7))
    await frame().getByRole('textbox', { name: 'Find' }).waitFor()
    await workbench().page.keyboard.down('Shift')
    await workbench().page.mouse.down()
    await workbench().page.mouse.move(...at(0.999), { steps: 4 })
    await workbench().page.mouse.up()
    await workbench().page.keyboard.up('Shift')
    const tools = frame().getByRole('toolbar', { name: 'Selected span' })
    await tools.filter({ hasText: /s to .* frames?/ }).waitFor()
    await workbench().screenshot('selected-span')
    await tools.getByRole('button', { name: 'Export' }).click()
    await frame().getByRole('menuitem', { name: 'Copy: NDJSON' }).click()
    await copies(/lunch/)
    assert.doesNotMatch(await workbench().clipboard(), /trade/)
    await tools.getByRole('button', { name: 'Statistics' }).click()
    await frame().getByRole('region', { name: 'Statistics' }).locator('.summary').waitFor()
    await filter().fill('')
  })

  it('offers the last filters and those of the profile again after a reload', async () => {
    await workbench().reload()
    await grid().waitFor()
    await filter().press('ArrowDown')
    await frame().getByRole('option', { name: 'Dear' }).click()
    await found(/^5 of \d+$/)
    await filter().press('Alt+ArrowDown')
    await frame().getByRole('option', { name: 'type:trade $.price > 25' }).click()
    await eventually('it is the filter', async () =>
      (await filter().inputValue()).startsWith('type:trade'),
    )
  })
})
