// The file that a profile names as a descriptor, of which a capture keeps nothing else than a descriptor.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'mocha'
import { recordedEndpoint } from '../../../src/engine/recordedEndpoint.ts'
import { shopDescriptor } from '../../support/samples/shopDescriptor.ts'
import { testEndpoint } from '../../support/samples/testEndpoint.ts'

describe('the descriptor in a capture', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-descriptor-'))
  const workspace = join(folder, 'workspace')
  before(() => mkdirSync(workspace))
  after(() => rmSync(folder, { recursive: true }))

  function kept(path: string) {
    const endpoint = testEndpoint({
      ...{ url: 'ws://localhost:1/', method: 'websocket' },
      protobuf: { descriptor: path, in: 'shop.Event' },
    })
    const { protobuf } = recordedEndpoint({ endpoint, resolved: endpoint })
    return protobuf?.bytes ?? protobuf?.fault
  }

  it('is kept where it is one', () => {
    const path = join(workspace, 'api.binpb')
    writeFileSync(path, shopDescriptor)
    assert.equal(kept(path), Buffer.from(shopDescriptor).toString('base64'))
  })

  it('is no other file of this machine, by whichever path', () => {
    const secret = join(folder, 'id_rsa')
    writeFileSync(secret, 'PRIVATE KEY')
    const link = join(workspace, 'link.binpb')
    symlinkSync(secret, link)
    for (const path of [secret, link, `${workspace}/../id_rsa`]) {
      assert.equal(kept(path), `The file of "protobuf" is no descriptor set: ${path}`)
    }
  })

  it('is not waited for where the file has no end or is too large', function () {
    const large = join(folder, 'large')
    writeFileSync(large, '')
    truncateSync(large, 2 ** 30)
    assert.equal(kept(large), `The descriptor of "protobuf" is larger than 4 MiB: ${large}`)
    assert.equal(kept(folder), `The descriptor of "protobuf" is a folder: ${folder}`)
    if (process.platform === 'win32') this.skip()
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const path of [pipe, '/dev/zero']) {
      const words = 'is a device or a pipe, which has no end'
      assert.equal(kept(path), `The descriptor of "protobuf" ${words}: ${path}`)
    }
  })
})
