// The files of the repository that are made from tables in `src`, with what makes each.

import { codesDoc } from './codesDoc.ts'
import { doctorDoc } from './doctorDoc.ts'
import { filterDoc } from './filterDoc.ts'
import { profilesDoc } from './profilesDoc.ts'
import { profilesSchema } from './profilesSchema.ts'

/** By path from the root. A test says when one is stale, `npm run generate` writes them all. */
export const generated: Readonly<Record<string, () => string>> = {
  'docs/codes.md': codesDoc,
  'docs/doctor.md': doctorDoc,
  'docs/filter.md': filterDoc,
  'docs/profiles.md': profilesDoc,
  'media/lifeline.schema.json': profilesSchema,
}
