// A large payload in VS Code itself, as text and as hex, and JSON that the send box completes and sets out.

import assert from 'node:assert/strict'
import { describe, it } from 'mocha'
import { showPayloadAs } from '../support/editor/showPayloadAs.ts'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import { comesTo, eventually } from '../support/eventually.ts'

/** Each of a hundred bytes: 16 MB, nearly as much as a session keeps of a payload. */
const lines = 160_000
const numbered = (line: number) => `line ${String(line).padStart(9, '.')} ${'-'.repeat(84)}\n`

describe('large payloads and JSON in the workbench', () => {
  const got: string[] = []
  const { workbench, frame, row, press, copies } = useTimelineWorkbench({
    accept: (ws) => {
      ws.on('message', (data) => got.push(data.toString()))
      ws.send('{"op":"trade","symbol":"BTC-EUR","price":70111.50}')
      ws.send(
        Buffer.from(Array.from({ length: lines }, (_, index) => numbered(index + 1)).join('')),
        { binary: false },
      )
    },
    until: 'line ........1',
  })

  const box = () => frame().getByRole('textbox', { name: 'Message' })

  it('opens as text, and leads to any part of it', async () => {
    await row('line ........1').click()
    const text = frame().locator('.text-lines')
    await text.getByText('line ........1').waitFor()
    await text.evaluate((one) => {
      one.scrollTop = one.scrollHeight / 2
    })
    await text
      .getByText(/^line \.{4}[78]\d{4} /)
      .first()
      .waitFor()
    await workbench().screenshot('large-text')
  })

  it('shows it as hex, where what is selected is read as numbers and copied', async () => {
    await showPayloadAs(frame(), 'Hex')
    const hex = frame().locator('.hex')
    await hex.press('Control+End')
    await frame().getByText('Offset 15,999,999 (0xf423ff) · 1 byte').waitFor()
    await comesTo(
      () => frame().locator('.inspector tbody tr', { hasText: 'uint8' }).textContent(),
      'uint81010',
    )
    await hex.press('Shift+ArrowLeft')
    await frame().getByText('· 2 bytes').waitFor()
    await workbench().screenshot('large-hex')
    await press('Control+c')
    await copies(/^2d 0a$/)
  })

  it('completes JSON by what has come, sets it out by key, and sends it as it stands', async () => {
    await box().focus()
    await workbench().page.keyboard.type('{"')
    const list = frame().getByRole('listbox', { name: 'Completions' })
    await list.getByRole('option', { name: /^symbol/ }).waitFor()
    await workbench().page.keyboard.type('sy')
    await comesTo(() => list.getByRole('option').count(), 1)
    await workbench().screenshot('json-completed')
    await press('ArrowDown', 'Tab')
    await comesTo(() => box().inputValue(), '{"symbol": ')
    await press('Escape')
    await workbench().page.keyboard.type('"x","n":1.50}')
    await press('Escape')
    await press('Shift+Alt+F')
    const laidOut = '{\n  "symbol": "x",\n  "n": 1.50\n}'
    await comesTo(() => box().inputValue(), laidOut)
    await press('Control+Enter')
    await eventually('it is sent', () => got.length > 0)
    assert.deepEqual(got, [laidOut])
    await row(/symbol\s+x/).waitFor()
  })
})
