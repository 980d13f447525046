// The walkthrough, against the commands and files that it names.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { projectFolder } from '../../support/places.ts'

interface Step {
  readonly id: string
  readonly description: string
  readonly media: {
    readonly svg?: string
    readonly image?: string
    readonly markdown?: string
    readonly altText?: string
  }
  readonly completionEvents: readonly string[]
}

interface Contributes {
  readonly commands: readonly { readonly command: string }[]
  readonly viewsWelcome: readonly { readonly contents: string }[]
  readonly walkthroughs: readonly { readonly id: string; readonly steps: readonly Step[] }[]
}

const { contributes } = JSON.parse(
  readFileSync(join(projectFolder, 'package.json'), 'utf8'),
) as Readonly<{ contributes: Contributes }>
const commands = new Set(contributes.commands.map(({ command }) => command))
const [walkthrough] = contributes.walkthroughs
const linked = (text: string) =>
  [...text.matchAll(/\]\(command:([\w.]+)/g)].map(([, command = '']) => command)

/** A picture that is larger makes the download larger for everybody. */
const mediaBytes = 100_000

describe('the walkthrough', () => {
  for (const { id, description, media, completionEvents } of walkthrough?.steps ?? []) {
    it(`leads to commands that are there, and is done by one of them: ${id}`, () => {
      const links = linked(description)
      assert.ok(links.length > 0)
      const missing = links.filter((command) => !commands.has(command))
      assert.deepEqual(missing, [])
      for (const event of completionEvents)
        assert.ok(links.includes(event.slice('onCommand:'.length)))
    })

    it(`has a picture or a page of its own, and small: ${id}`, () => {
      const path = media.svg ?? media.image ?? media.markdown ?? assert.fail(id)
      assert.equal(media.altText === undefined, media.markdown !== undefined)
      const bytes = readFileSync(join(projectFolder, path))
      assert.ok(bytes.length < mediaBytes, `${bytes.length} bytes`)
      // VS Code draws an SVG within its own page, whose policy takes every style and script out of it.
      if (media.svg) assert.doesNotMatch(bytes.toString(), /<style|<script| style=| on\w+=|href/)
    })
  }

  it('goes from the demo to a profile in six steps', () => {
    assert.deepEqual(
      walkthrough?.steps.map(({ id }) => id),
      ['demo', 'connect', 'read', 'compare', 'tap', 'profile'],
    )
  })

  it('is what the command opens, and what the welcome view links to', () => {
    const source = readFileSync(join(projectFolder, 'src/host/commands/commands.ts'), 'utf8')
    assert.ok(source.includes(`'lifeline.lifeline#${walkthrough?.id}'`))
    const welcome = contributes.viewsWelcome.flatMap(({ contents }) => linked(contents))
    assert.ok(welcome.includes('lifeline.getStarted'))
    assert.deepEqual(
      welcome.filter((command) => !commands.has(command)),
      [],
    )
  })
})
