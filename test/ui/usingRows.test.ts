// Acts on the rows of a session in VS Code itself: folds, the wire layer, clearing, values, the overview, headers.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import { comesTo } from '../support/eventually.ts'

const prices = 120

describe('using the rows of a session in the workbench', () => {
  const { workbench, frame, row, selected, grid, filter, found, press, copies } =
    useTimelineWorkbench({
      accept: (ws) => {
        for (let n = 0; n < 4; n++) ws.send('tick')
        ws.send('in two ', { fin: false })
        ws.send('parts', { fin: true })
        for (let n = 1; n <= prices; n++)
          ws.send(JSON.stringify({ type: 'trade', side: n % 3 === 0 ? 'sell' : 'buy', price: n }))
      },
      until: `price ${prices}`,
    })

  it('folds what repeats, and opens it with the keys', async () => {
    await grid().press('Home')
    const fold = row('4 times')
    await fold.click()
    await row('tick').nth(3).waitFor()
    await grid().press('ArrowLeft')
    await fold.waitFor()
    await frame().getByRole('button', { name: /^Fold/ }).click()
    await frame()
      .getByRole('menuitemradio', { name: /[Ee]verything/ })
      .click()
    await fold.waitFor({ state: 'detached' })
    await row('tick').nth(3).waitFor()
  })

  it('filters by a value of the tree, and the selected row stays in view', async () => {
    await row('price 6').first().click()
    await frame().getByRole('treeitem', { name: 'side:' }).hover()
    await frame()
      .getByRole('treeitem', { name: 'side:' })
      .getByRole('button', { name: 'Filter' })
      .click()
    await found(new RegExp(`^${prices / 3} of `))
    await selected('price 6').waitFor()
    await filter().fill('')
    await row('price 5').first().waitFor()
    await selected('price 6').waitFor()
  })

  it('copies selected rows as NDJSON from the native menu', async () => {
    await grid().press('Shift+ArrowDown')
    await frame()
      .getByText(/^2 rows selected/)
      .first()
      .waitFor()
    await row('price 6').first().click({ button: 'right' })
    await workbench().menuEntry('Copy Selected Rows').hover()
    await workbench().chooseInMenu('Copy Selected Rows as NDJSON')
    await copies(/^\{"seq":\d+,.*\n\{"seq":\d+,.*\n?$/)
    await press('Escape')
  })

  it('shows the wire layer, clears the rows and brings them back', async () => {
    await grid().press('Home')
    await grid().press('Alt+W')
    await row('fragment').first().waitFor()
    await grid().press('Alt+W')
    await row('fragment').first().waitFor({ state: 'detached' })
    await frame().getByRole('button', { name: 'Clear', exact: true }).click()
    await frame().getByText('frames are cleared away').waitFor()
    await frame().getByRole('button', { name: 'Show all' }).click()
    await row('GET /').first().waitFor()
  })

  it('goes where the overview is clicked, and follows again at its end', async () => {
    const track = frame().getByRole('slider', { name: 'Overview of the session' })
    const box = (await track.boundingBox()) ?? assert.fail()
    const { mouse } = workbench().page
    await mouse.click(box.x + 3, box.y + 15)
    await row('GET /').first().waitFor()
    await mouse.move(box.x + 3, box.y + 15)
    await mouse.down()
    await mouse.move(box.x + box.width / 2, box.y + 15, { steps: 4 })
    await mouse.move(box.x + box.width - 2, box.y + 15, { steps: 4 })
    await mouse.up()
    await row(`price ${prices}`).first().waitFor()
  })

  it('has the headers of an answer as a table, and the phases of its time', async () => {
    await grid().press('Home')
    await row('101 Switching Protocols').click()
    await frame().getByRole('tab', { name: 'Headers' }).click()
    await frame()
      .getByRole('row', { name: /[Uu]pgrade/ })
      .first()
      .waitFor()
    await workbench().screenshot('headers-in-workbench')
    await press('Escape')
    await comesTo(() => frame().getByRole('tab', { name: 'Headers' }).count(), 0)
  })
})
