// The entry of a profiles file that a session comes from.

import type { ProfileEntry, Profiles } from '../profiles/savedProfiles.ts'
import type { HostSession } from '../sessions/hostSession.ts'
import { isCapturedFrom } from '../variables/captureVariableScope.ts'

/** As it is now; undefined where the session comes from none, or it is there no more. */
export async function profileOf(
  { origin }: Pick<HostSession, 'origin'>,
  profiles: Profiles,
): Promise<ProfileEntry | undefined> {
  await profiles.ready
  const { name, scope, endpoint } = origin
  const inFolder = profiles
    .list()
    .find((one) => one.name === name && one.folder === (scope?.folder ?? null))
  if (scope?.inputs !== undefined) return inFolder ?? profiles.find({ name })
  const entry = profiles.find({ name })
  return entry?.endpoint && isCapturedFrom(entry.endpoint, endpoint) ? entry : undefined
}
