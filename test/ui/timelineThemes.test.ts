// The timeline in VS Code's own themes: the colours that the other tests of its page have are those of the workbench.

import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'mocha'
import { useTimelineWorkbench } from '../support/editor/useTimelineWorkbench.ts'
import type { Theme } from '../support/editor/workbench.ts'
import { comesTo } from '../support/eventually.ts'
import { projectFolder } from '../support/places.ts'

type Variables = Readonly<Record<string, string>>

const recorded = join(projectFolder, 'test/support/editor/themeVariables.json')
const themes: readonly Theme[] = ['light', 'high-contrast', 'high-contrast-light', 'dark']

describe('the themes of the timeline', () => {
  const { workbench, frame } = useTimelineWorkbench({
    accept: (ws) => ws.send('{"price":1}'),
    until: 'price 1',
    theme: 'light',
  })

  /** Of the names, what the open timeline is given. */
  const given = (names: readonly string[]) =>
    frame()
      .locator('html')
      .evaluate(
        (html, names): Variables =>
          Object.fromEntries(
            names.flatMap((name) => {
              const value = html.attributeStyleMap.get(name)?.toString().trim()
              return value ? [[name, value]] : []
            }),
          ),
        names,
      )

  // `LIFELINE_WRITE_GOLDEN=1` records them anew.
  it('have the colours that the page is tested with', async () => {
    const names = await colourNames()
    const kept = JSON.parse(await readFile(recorded, 'utf8')) as Record<Theme, Variables>
    for (const theme of themes) {
      await workbench().setTheme(theme)
      await frame().locator(`body.vscode-${theme}`).waitFor()
      if (process.env.LIFELINE_WRITE_GOLDEN) kept[theme] = await given(names)
      await comesTo(() => given(names), kept[theme])
      await workbench().screenshot(`timeline-${theme}`)
    }
    if (process.env.LIFELINE_WRITE_GOLDEN)
      await writeFile(recorded, `${JSON.stringify(kept, null, 2)}\n`)
  })
})

/** Every colour that the page, its components or a webview as such asks for, sorted. */
async function colourNames(): Promise<readonly string[]> {
  const files = ['dist/webview.css', 'dist/webview.js']
  const texts = await Promise.all(files.map((file) => readFile(join(projectFolder, file), 'utf8')))
  const asked = texts.join('').match(/--vscode-[A-Za-z-]+/g) ?? []
  const fonts = /font|codicon/
  return [...new Set([...asked, ...webviewNames])].filter((name) => !fonts.test(name)).sort()
}

/** What VS Code's own style of a webview asks for. */
const webviewNames = [
  '--vscode-scrollbarSlider-background',
  '--vscode-scrollbarSlider-hoverBackground',
  '--vscode-scrollbarSlider-activeBackground',
]
