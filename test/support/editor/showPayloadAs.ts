// The form of a payload is chosen in the menu of the detail's head, as a user does.

import type { FrameLocator, Locator, Page } from 'playwright-core'

/** The button of the menu, which names the form that is shown. */
export function formButton(page: Page | FrameLocator): Locator {
  return page.getByRole('button', { name: /^Show the payload as: / })
}

/** `form`: as the menu has it: `Tree`, `Text`, `Raw text`, `Hex`, `Picture`. */
export async function showPayloadAs(page: Page | FrameLocator, form: string): Promise<void> {
  await formButton(page).click()
  await page.getByRole('menuitemradio', { name: form, exact: true }).click()
  await page.getByRole('button', { name: `Show the payload as: ${form}`, exact: true }).waitFor()
}

/** The forms that the menu offers, which is closed again. */
export async function offeredForms(page: Page): Promise<readonly string[]> {
  await formButton(page).click()
  const items = page.getByRole('menuitemradio')
  await items.first().waitFor()
  const forms = await items.allTextContents()
  await page.keyboard.press('Escape')
  return forms
}
