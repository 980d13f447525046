// The quick input of a VS Code window, as tests use it: the palette, questions and lists.

import type { Locator, Page } from 'playwright-core'
import { eventually } from '../eventually.ts'

export interface QuickInput {
  /** Runs a command from the palette by its whole title (`Lifeline: Connect…`). */
  runCommand(title: string): Promise<void>
  /** The text box of the open quick input. */
  quickInput(): Locator
  /**
   * Types into the open quick input and accepts it, unless `accept` is false. What is accepted has left its place:
   * the quick input is closed, or asks for something else.
   */
  typeInQuickInput(text: string, options?: { readonly accept?: boolean }): Promise<void>
  /** What the quick input says below its box (a validation message or a prompt). */
  quickInputMessage(): Locator
  /** Rows of the open quick pick that hold `text`. */
  pickRows(text: string | RegExp): Locator
  /** Chooses the item of the open quick pick whose row contains `text`. */
  pickItem(text: string): Promise<void>
  /** Closes the open quick input by Escape. */
  leaveQuickInput(): Promise<void>
}

/** What the rest of the window needs of it, too. */
export interface QuickInputDriver extends QuickInput {
  /** Opens it by a key, types `text` and clicks `row`. */
  pickByKey(key: string, text: string, row: Locator): Promise<void>
}

export function driveQuickInput(page: Page): QuickInputDriver {
  const widget = page.locator('.quick-input-widget')
  const palette = widget.getByPlaceholder('Type the name of a command to run.')
  const quickInput = () => widget.locator('input').first()
  const rows = widget.locator('.quick-input-list .monaco-list-row')
  const pickRows = (text: string | RegExp) => rows.filter({ hasText: text })
  const pickItem = async (text: string) => {
    await pickRows(text).first().click()
  }
  // Types into the palette or the file picker and takes the row. It closes when the focus leaves it, and VS
  // Code gives the focus back to an editor or a webview a moment after the input before has closed: then it
  // is opened again. No person is that quick. While it is only slow, a second key would open it twice.
  const pickByKey = async (key: string, text: string, row: Locator): Promise<void> => {
    const tries = 6
    await page.keyboard.press(key)
    for (let attempt = 1; ; attempt++) {
      try {
        await quickInput().fill(text, { timeout: 4000 })
        await row.click({ timeout: 4000 })
        return
      } catch (error) {
        if (attempt === tries) throw error
        if (!(await widget.isVisible())) await page.keyboard.press(key)
      }
    }
  }
  const runCommand = async (title: string) => {
    // The whole title, since others may begin with the same words.
    const row = rows.filter({ has: page.getByText(title, { exact: true }) }).first()
    await pickByKey('F1', `>${title}`, row)
    // The palette is gone, or the command has put its own question in its place.
    await palette.waitFor({ state: 'hidden' })
  }
  return {
    quickInput,
    pickRows,
    pickItem,
    pickByKey,
    runCommand,
    async typeInQuickInput(text, { accept = true } = {}) {
      // Each question has a title, the palette has none.
      const title = widget.locator('.quick-input-title:not(:empty)')
      await title.waitFor()
      await quickInput().fill(text)
      if (!accept) return
      const asked = await title.textContent()
      // On the box, not on what has the focus: see `pickByKey`.
      await quickInput().press('Enter')
      await eventually(`“${asked}” is answered`, async () => {
        if (!(await widget.isVisible())) return true
        const [now] = await title.allTextContents()
        return now !== asked || (await quickInput().inputValue()) !== text
      })
    },
    async leaveQuickInput() {
      await quickInput().press('Escape')
      await widget.waitFor({ state: 'hidden' })
    },
    quickInputMessage: () => widget.locator('.quick-input-message'),
  }
}
