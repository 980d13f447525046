// Rows of a capture with the words for their JSON: the same wherever they are read, with the fields that are shown.

import assert from 'node:assert/strict'
import { after, before, describe, it } from 'mocha'
import { describe as describeFrame } from '../../../../../src/shared/frame/describe.ts'
import { labelText } from '../../../../../src/shared/frame/label.ts'
import { shownBytes } from '../../../../../src/shared/frame/shownFields.ts'
import type { Row } from '../../../../../src/shared/session/captureRows.ts'
import { response, start, textMessage } from '../../../../support/captures/captureFrames.ts'
import { startCapture } from '../../../../support/captures/captures.ts'

const all = { afterSeq: 0, text: '', wire: false }

const line = ({ frame, preview, decoded, label }: Row) =>
  describeFrame(frame, preview, decoded, label).text

describe('the words of rows', () => {
  const capture = startCapture()
  const trade = (id: number, symbol: string, more: object = {}) =>
    textMessage(JSON.stringify({ type: 'trade', id, symbol, size: 0.5, ...more }), start + id)
  before(() => {
    for (let id = 1; id <= 600; id++) capture.append(trade(id, id % 2 === 0 ? 'ETH' : 'BTC'))
    capture.append(trade(601, 'BTC', { note: 'x'.repeat(6000), price: 70477.5 }))
    capture.append(trade(602, 'BTC', { note: 'x'.repeat(2 * shownBytes), price: 70478 }))
    capture.append(textMessage('no JSON', start + 603))
    capture.append(textMessage('{"type":"chat","text":"hi"}', start + 604))
    capture.append(response([], new TextEncoder().encode('{"ok":true}')))
    while (!capture.decode(100));
  })
  after(() => capture.close())

  it('are the same wherever one begins to read', () => {
    const late = capture.rows(all, 590, 3).rows.map(line)
    assert.deepEqual(late, [
      'trade  id 591  symbol BTC',
      'trade  id 592  symbol ETH',
      'trade  id 593  symbol BTC',
    ])
    const early = capture.rows(all, 0, 3).rows.map(line)
    assert.deepEqual(early, [
      'trade  id 1  symbol BTC  size 0.5',
      'trade  id 2  symbol ETH  size 0.5',
      'trade  id 3  symbol BTC  size 0.5',
    ])
    assert.deepEqual(capture.rows(all, 590, 3).rows.map(line), late)
    assert.equal(labelText(capture.related(592)?.row.label ?? []), 'trade  id 592  symbol ETH')
  })

  it('are marked where they are the first of a kind that the first frames have', () => {
    const firsts = (from: number, count: number) =>
      capture
        .rows(all, from, count)
        .rows.filter((row) => row.isFirst)
        .map(({ frame }) => frame.seq)
    assert.deepEqual(firsts(590, 20), [], 'those behind the first frames are not looked at')
    assert.deepEqual(firsts(0, 20), [1])
  })

  it('travel without the bytes that they are made of', () => {
    for (const row of capture.rows(all, 598, 8).rows) assert.ok(!('start' in row))
  })

  it('are not there where a payload is no JSON', () => {
    const [plain] = capture.rows(all, 602, 1).rows
    assert.equal(plain?.label, undefined)
    assert.equal(plain && line(plain), 'text no JSON')
  })

  it('come with the fields that are shown, also of payloads that go on behind what is read at first', () => {
    const { rows } = capture.rows({ ...all, show: ['symbol', 'price', 'ok'] }, 599, 6)
    assert.deepEqual(
      rows.map(
        ({ shown }) => shown && [shown.lead, ...shown.cells.map((cell) => cell?.text ?? null)],
      ),
      [
        ['trade', 'ETH', null, null],
        ['trade', 'BTC', '70477.5', null],
        ['trade', 'BTC', null, null],
        undefined,
        undefined,
        ['404 Not Found', null, null, 'true'],
      ],
    )
    assert.ok(capture.rows(all, 599, 6).rows.every(({ shown }) => shown === undefined))
  })
})
