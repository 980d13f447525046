// The filters that a profile keeps: offered to the timeline, and written into the profile's file from there.

import { window } from 'vscode'
import type { SavedFilter } from '../../shared/endpoint/endpoint.ts'
import { appendToFieldText } from '../profiles/entryText.ts'
import type { Profiles } from '../profiles/savedProfiles.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import type { FilterKeeper } from '../timeline/timelinePanel.ts'
import { tell } from '../window/dialogs.ts'
import type { ProfileCommands } from './profileCommands.ts'
import { profileOf } from './profileOf.ts'

export function createKeptFilters(profiles: Profiles, { save }: ProfileCommands): FilterKeeper {
  async function list(session: HostSession): Promise<readonly SavedFilter[]> {
    const entry = await profileOf(session, profiles)
    return (entry?.endpoint ?? session.endpoint).filters
  }

  async function keep(session: HostSession, filter: string): Promise<void> {
    const kept = await list(session)
    const name = (await askName(kept, filter))?.trim()
    if (name === undefined) return
    const saved: SavedFilter = { name, filter }
    const entry = await profileOf(session, profiles)
    if (!entry) {
      await save({ ...session, endpoint: { ...session.endpoint, filters: [...kept, saved] } })
      return
    }
    const done = await profiles.change(entry, (text, place) =>
      appendToFieldText(text, place, 'filters', saved),
    )
    if (done)
      tell(`Saved “${name}” in “${entry.name}”.`, { 'Edit Profile': () => profiles.edit(entry) })
  }

  return {
    list,
    async keep(session, filter) {
      if (session.isKeepable(filter)) await keep(session, filter)
      else
        tell(
          'The filter was not saved: it holds a secret. Filter for the name of its field instead.',
        )
      return list(session)
    },
  }
}

/** Undefined when the user has cancelled. */
function askName(kept: readonly SavedFilter[], filter: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Save filter',
    prompt: 'Name of the filter',
    ignoreFocusOut: true,
    value: filter,
    validateInput(typed) {
      if (typed.trim() === '') return 'Write a name: it is what the list of filters shows.'
      const isTaken = kept.some(({ name }) => name === typed.trim())
      return isTaken ? 'Choose another name: a filter of this profile has it.' : null
    },
  })
}
