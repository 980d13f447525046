// The folder of captures: names, order, what is deleted and what is spared.

import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'mocha'
import { createCaptureFolder } from '../../../../src/host/sessions/captureFolder.ts'
import { sessionMethods } from '../../../../src/shared/endpoint/methods.ts'

describe('the folder of captures', () => {
  let root: string
  let place: string
  let now = Date.UTC(2026, 10, 20, 14, 22, 7, 318)
  const captures = () =>
    createCaptureFolder(
      () => place,
      () => now,
    )

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'lifeline-captures-'))
    place = join(root, 'captures')
    now = Date.UTC(2026, 10, 20, 14, 22, 7, 318)
  })
  afterEach(() => rm(root, { recursive: true }))

  /** Makes `count` captures a second apart, the oldest first. */
  async function make(count: number): Promise<string[]> {
    const ids: string[] = []
    for (let i = 0; i < count; i++) {
      const { id, path } = await captures().place(`feed ${i}`, 'sse')
      assert.ok(path)
      await writeFile(path, 'x'.repeat(i + 1))
      ids.push(id)
      now += 1000
    }
    return ids
  }

  it('names a file by time, method and name', async () => {
    const { id, path } = await captures().place('Trades (EU) /ws', 'websocket')
    assert.match(id, /^20261120T142207318-websocket-Trades%20%28EU%29%20%2Fws-[0-9a-f]{6}$/)
    assert.equal(path, join(place, `${id}.lifeline`))
  })

  for (const name of ['localhost:7411/ws', 'a - b', '100 %', 'Ünïcode 🚀', "it's *", '']) {
    it(`reads the name "${name}" back from the file's`, async () => {
      const { path } = await captures().place(name, 'sse')
      await writeFile(path ?? assert.fail(), '')
      assert.equal((await captures().list())[0]?.label, name || 'Unnamed')
    })
  }

  it('lists captures of every method, taps among them', async () => {
    for (const method of sessionMethods) {
      const { path } = await captures().place('A', method)
      await writeFile(path ?? assert.fail(), '')
    }
    const listed = (await captures().list()).map(({ method }) => method)
    assert.deepEqual(listed.toSorted(), sessionMethods.toSorted())
  })

  it('cuts a name that no file could have', async () => {
    const { path } = await captures().place('🚀'.repeat(500), 'sse')
    await writeFile(path ?? assert.fail(), '')
    assert.match((await captures().list())[0]?.label ?? '', /^(🚀){5,}$/u)
  })

  it('keeps nothing where there is no folder', async () => {
    const nowhere = createCaptureFolder(() => null)
    assert.equal((await nowhere.place('a', 'sse')).path, null)
    assert.deepEqual(await nowhere.list(), [])
  })

  it('lists nothing before there is a folder', async () => {
    assert.deepEqual(await captures().list(), [])
  })

  it('lists the newest first, with what the name and the file tell', async () => {
    const [older, newer] = await make(2)
    const found = await captures().list()
    assert.deepEqual(
      found.map(({ id }) => id),
      [newer, older],
    )
    const { label, method, sizeBytes, startedAt } = found[0] ?? assert.fail()
    assert.deepEqual({ label, method, sizeBytes }, { label: 'feed 1', method: 'sse', sizeBytes: 2 })
    assert.equal(startedAt, Date.UTC(2026, 10, 20, 14, 22, 8, 318))
  })

  it('passes over files that are no captures of its own naming', async () => {
    await make(1)
    await writeFile(join(place, 'notes.txt'), '')
    await writeFile(join(place, 'mine.lifeline'), '')
    assert.equal((await captures().list()).length, 1)
  })

  for (const id of ['', '../../etc/passwd', 'a', '20261120T142207318-sse-../x-abcdef']) {
    it(`has no path for the id "${id}"`, () => assert.equal(captures().pathOf(id), null))
  }

  it('knows a capture that went on in another file, and its id', async () => {
    const { id, path } = await captures().place('a', 'sse')
    const moved = path?.replace(/\.lifeline$/, '-2.lifeline') ?? assert.fail()
    await writeFile(moved, '')
    assert.deepEqual(
      (await captures().list()).map((capture) => [capture.id, capture.label]),
      [[`${id}-2`, 'a']],
    )
    assert.equal(captures().idOf(moved), `${id}-2`)
    assert.equal(captures().idOf(join(root, `${id}-2.lifeline`)), null)
    assert.equal(captures().idOf(join(place, 'mine.lifeline')), null)
  })

  it('deletes the oldest until as many are left as are to be kept', async () => {
    const ids = await make(4)
    await captures().thinOut(2, new Set())
    assert.deepEqual(
      (await captures().list()).map(({ id }) => id),
      [ids[3], ids[2]],
    )
  })

  it('deletes none that is in use', async () => {
    const [oldest = ''] = await make(3)
    await captures().thinOut(1, new Set([oldest]))
    const left = (await captures().list()).map(({ id }) => id)
    assert.ok(left.includes(oldest))
    assert.equal(left.length, 2)
  })

  it('spares one with a fresh journal, which another window writes', async () => {
    const [oldest = ''] = await make(2)
    const journal = join(place, `${oldest}.lifeline-wal`)
    await writeFile(journal, '')
    await utimes(journal, now / 1000, now / 1000)
    await captures().thinOut(1, new Set())
    assert.equal((await captures().list()).length, 2)
    now += 8 * 24 * 3600 * 1000
    await captures().thinOut(1, new Set())
    assert.equal((await captures().list()).length, 1)
    assert.equal((await readdir(place)).length, 1)
  })
})
