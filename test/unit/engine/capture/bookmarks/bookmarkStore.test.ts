// Bookmarks in a capture's file: while it is recorded, in a saved one, in one of before, and in one that somebody crafted.

import assert from 'node:assert/strict'
import { copyFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'mocha'
import { openCapture } from '../../../../../src/engine/capture/capture.ts'
import { bookmarkLimits } from '../../../../../src/shared/limits.ts'
import {
  moveIfLost,
  start,
  textMessage,
  withFolder,
} from '../../../../support/captures/captureFrames.ts'
import { shownSeqs, startCapture } from '../../../../support/captures/captures.ts'
import { crafted } from '../../../../support/captures/craftedCapture.ts'
import { ownMs } from '../../../../support/ownMs.ts'

const all = { afterSeq: 0, text: '', wire: false }

function savedCapture(path: string, texts: readonly string[] = ['one', 'two', 'three']): void {
  const capture = startCapture(path)
  for (const text of texts) capture.append(textMessage(text))
  capture.close()
}

function notesIn(path: string): readonly (readonly [number, string])[] {
  const capture = openCapture(path)
  const found = capture.bookmarks().map(({ seq, note }) => [seq, note] as const)
  capture.close()
  return found
}

const withoutTable = 'DROP TABLE bookmark;'

describe('the bookmarks of a capture', () => {
  it('are in the file of a session, with their times, and gone when they are removed', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = startCapture(path)
      for (const text of ['one', 'two', 'three']) capture.append(textMessage(text))
      assert.equal(capture.bookmark(3, ' the\tthird '), null)
      assert.equal(capture.bookmark(1, ''), null)
      assert.equal(capture.bookmark(2, 'x'), null)
      assert.equal(capture.bookmark(2, null), null)
      const expected = [
        { seq: 1, at: start, note: '' },
        { seq: 3, at: start, note: 'the third' },
      ]
      assert.deepEqual(capture.bookmarks(), expected)
      // A frame that there is not has none.
      capture.bookmark(4, 'nothing')
      assert.deepEqual(capture.bookmarks(), expected)
      capture.close()
      assert.deepEqual(notesIn(path), [
        [1, ''],
        [3, 'the third'],
      ])
    }))

  it('are written into a saved capture, also into one of before', () =>
    withFolder((folder) => {
      for (const sql of ['', withoutTable]) {
        const path = crafted(folder, sql)
        const capture = openCapture(path)
        assert.equal(capture.bookmark(2, 'asked'), null)
        assert.deepEqual(notesIn(path), [[2, 'asked']])
        capture.bookmark(2, 'asked again')
        capture.close()
        assert.deepEqual(notesIn(path), [[2, 'asked again']])
      }
    }))

  it('stay while the capture is open where its file cannot have them, and go into copies', () =>
    withFolder(async (folder) => {
      const view = crafted(
        folder,
        `${withoutTable} CREATE VIEW bookmark AS SELECT 1 AS seq, 'x' AS note;`,
      )
      const capture = openCapture(view)
      const before = readFileSync(view)
      assert.match(
        capture.bookmark(1, 'mine') ?? '',
        /^The bookmark is kept only while the capture is open: something else has the place/,
      )
      assert.deepEqual(
        capture.bookmarks().map(({ note }) => note),
        ['mine'],
      )
      assert.ok(readFileSync(view).equals(before))
      capture.close()

      const replaced = join(folder, 'replaced.lifeline')
      savedCapture(replaced)
      savedCapture(join(folder, 'other.lifeline'))
      const opened = openCapture(replaced)
      renameSync(join(folder, 'other.lifeline'), replaced)
      assert.match(opened.bookmark(1, 'mine') ?? '', /: the file was removed or replaced\.$/)
      assert.deepEqual(notesIn(replaced), [])
      opened.close()

      const written = join(folder, 'written.lifeline')
      const writer = startCapture(written)
      writer.append(textMessage('one'))
      writer.flush()
      const reader = openCapture(written)
      assert.match(reader.bookmark(1, 'mine') ?? '', /: another program is writing the file\.$/)
      const copy = join(folder, 'copy.lifeline')
      await reader.copyTo(copy)
      assert.deepEqual(notesIn(copy), [[1, 'mine']])
      reader.close()
      writer.close()
    }))

  it('move with a capture whose file is lost', () =>
    withFolder((folder) => {
      const path = join(folder, 'a.lifeline')
      const capture = startCapture(path)
      capture.append(textMessage('one'))
      capture.bookmark(1, 'first')
      writeFileSync(path, '')
      assert.ok(moveIfLost(capture))
      assert.notEqual(capture.path, path)
      assert.equal(capture.bookmark(1, 'still first'), null)
      const moved = capture.path ?? ''
      capture.close()
      assert.deepEqual(notesIn(moved), [[1, 'still first']])
    }))

  it('are as many as a capture may have', () => {
    const capture = startCapture()
    for (let n = 0; n <= bookmarkLimits.count; n++) capture.append(textMessage('x'))
    for (let seq = 1; seq <= bookmarkLimits.count; seq++) capture.bookmark(seq, '')
    const more = () => capture.bookmark(bookmarkLimits.count + 1, '')
    assert.throws(more, { code: 'too-many-bookmarks' })
    capture.bookmark(1, 'changed')
    capture.bookmark(2, null)
    more()
    capture.close()
  })

  it('of a crafted file are few, short and of its frames', () =>
    withFolder((folder) => {
      const path = crafted(
        folder,
        `WITH RECURSIVE n(seq) AS (SELECT -5 UNION ALL SELECT seq + 1 FROM n WHERE seq < 200000)
         INSERT INTO bookmark SELECT seq, CAST(zeroblob(iif(seq = 2, 100000000, 3)) AS TEXT) FROM n;
         UPDATE bookmark SET note = x'41' WHERE seq = 3;
         UPDATE bookmark SET note = 'a' || char(10) || 'b' WHERE seq = 4;
         INSERT INTO bookmark VALUES (9223372036854775807, 'far');`,
      )
      const began = ownMs()
      const notes = notesIn(path)
      assert.ok(ownMs() - began < 2000)
      assert.deepEqual(
        notes.map(([seq]) => seq),
        [1, 2, 3, 4, 5, 6],
      )
      assert.deepEqual(
        notes.slice(1, 4).map(([, note]) => note),
        ['', '', 'a b'],
      )
      copyFileSync(path, join(folder, 'b.lifeline'))
    }))

  it('do not run what stands beside the table', () =>
    withFolder((folder) => {
      const path = crafted(folder, 'CREATE INDEX slow ON bookmark(hex(zeroblob(400000000)));')
      const capture = openCapture(path)
      assert.match(capture.bookmark(1, 'mine') ?? '', /something else/)
      capture.close()
      const database = new DatabaseSync(path)
      assert.equal(database.prepare('SELECT count(*) AS n FROM bookmark NOT INDEXED').get()?.n, 0)
      database.close()
    }))

  it('are found by a filter, and their notes by its words, as soon as they change', () => {
    const capture = startCapture()
    for (const text of ['one', 'two', 'three', 'four']) capture.append(textMessage(text))
    assert.deepEqual(shownSeqs(capture, 'bookmarked'), [])
    assert.deepEqual(shownSeqs(capture, 'two'), [2])
    assert.deepEqual(shownSeqs(capture, '-two'), [1, 3, 4])
    capture.bookmark(3, 'After Two')
    capture.bookmark(1, '')
    assert.deepEqual(shownSeqs(capture, 'bookmarked'), [1, 3])
    assert.deepEqual(shownSeqs(capture, 'is:bookmarked three'), [3])
    assert.deepEqual(shownSeqs(capture, 'two'), [2, 3])
    assert.deepEqual(shownSeqs(capture, '/^after/i'), [3])
    assert.deepEqual(shownSeqs(capture, '-two'), [1, 4])
    capture.append(textMessage('two'))
    assert.deepEqual(shownSeqs(capture, 'two'), [2, 3, 5])
    capture.bookmark(3, null)
    assert.deepEqual(shownSeqs(capture, 'two'), [2, 5])
    assert.deepEqual(shownSeqs(capture, 'bookmarked'), [1])
    assert.deepEqual(
      [...capture.entries(all)].map(({ bookmark }) => bookmark),
      ['', ...Array(4)],
    )
    capture.close()
  })

  it('are counted anew in the figures of a filter, also where one of before comes later', () => {
    const capture = startCapture()
    for (const text of ['one', 'two', 'three']) capture.append(textMessage(text))
    const scope = { afterSeq: 0, filter: { text: 'bookmarked', wire: false } }
    const count = () => capture.analysis('statistics', scope).result.framesIn
    capture.bookmark(3, '')
    assert.equal(count(), 1)
    capture.bookmark(1, '')
    assert.equal(count(), 2)
    capture.bookmark(3, null)
    assert.equal(count(), 1)
    capture.close()
  })
})
