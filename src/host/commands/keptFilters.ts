// The filters that a profile keeps: offered to the timeline, and written into the profile's file from there.

import type { SavedFilter } from '../../shared/endpoint/endpoint.ts'
import { appendToFieldText } from '../profiles/entryText.ts'
import type { Profiles } from '../profiles/savedProfiles.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import type { FilterKeeper } from '../timeline/timelineActions.ts'
import { tell } from '../window/dialogs.ts'
import { askName } from './askName.ts'
import type { ProfileCommands } from './profileCommands.ts'
import { profileOf } from './profileOf.ts'

export function createKeptFilters(profiles: Profiles, { save }: ProfileCommands): FilterKeeper {
  async function list(session: HostSession): Promise<readonly SavedFilter[]> {
    const entry = await profileOf(session, profiles)
    return (entry?.endpoint ?? session.endpoint).filters
  }

  async function keep(session: HostSession, filter: string): Promise<void> {
    const kept = await list(session)
    const name = await askName(session, {
      what: 'filter',
      place: 'the list of filters',
      taken: kept.map((one) => one.name),
      proposed: filter,
    })
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
      if (await session.isKeepable(filter)) await keep(session, filter)
      else
        tell(
          'The filter was not saved: it holds a secret. Filter for the name of its field instead.',
        )
      return list(session)
    },
  }
}
