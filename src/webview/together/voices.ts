// Tells a screen reader of several sessions what changes with each, by its name.

import type { TimelineModel } from '../model/timelineModel.ts'
import { createSessionVoice } from '../page/announcer.ts'

/** `again`: leads to the next call. What is answered is to be called with the live region of the page. */
export function createVoices(
  models: readonly TimelineModel[],
  again: () => void,
): (region: Element | null) => void {
  const voices = models.map((model) => ({ model, speak: createSessionVoice(again) }))
  return (region) => {
    if (region === null) return
    const told: string[] = []
    for (const { model, speak } of voices) {
      const said = { textContent: null as string | null }
      speak(model, said)
      if (said.textContent) told.push(`${model.session?.name}: ${said.textContent}`)
    }
    if (told.length > 0) region.textContent = told.join(' ')
  }
}
