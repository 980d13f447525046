// The extension as VS Code starts it: it activates, and has the commands that its manifest names.

import assert from 'node:assert/strict'
import { before, describe, it } from 'mocha'
import { commands, type Extension, extensions } from 'vscode'

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] }
}

describe('the extension', () => {
  let lifeline: Extension<unknown>
  before(() => {
    const found = extensions.getExtension('lifeline.lifeline')
    assert.ok(found, 'lifeline.lifeline is not installed')
    lifeline = found
  })

  it('activates', async () => {
    await lifeline.activate()
    assert.equal(lifeline.isActive, true)
  })

  it('registers every command that its manifest names', async () => {
    await lifeline.activate()
    const registered = new Set(await commands.getCommands(true))
    const { contributes } = lifeline.packageJSON as Manifest
    const missing = contributes.commands
      .map(({ command }) => command)
      .filter((command) => !registered.has(command))
    assert.deepEqual(missing, [])
    assert.ok(contributes.commands.length > 0)
  })
})
