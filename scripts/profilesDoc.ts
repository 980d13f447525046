// The text of `docs/profiles.md`: as it is, with the tables of fields and of their parts made anew.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sessionMethods } from '../src/shared/endpoint/methods.ts'
import { audienceOf } from '../src/shared/profile/audience.ts'
import { nameField, profileFields } from '../src/shared/profile/profileFields.ts'
import { markdownTable, withTable } from './markdownTable.ts'

export function profilesDoc(): string {
  const written = readFileSync(join(import.meta.dirname, '../docs/profiles.md'), 'utf8')
  const tables = [{ heading: '## Fields', table: fieldsTable() }, ...partTables()]
  return tables.reduce((text, { heading, table }) => withTable(text, heading, table), written)
}

function fieldsTable(): string {
  const rows = profileFields.map(({ name, methods, meaning, section }) => {
    const more = section === undefined ? '' : ` See [${section}](#${section.toLowerCase()}).`
    return [`\`${name}\``, audienceOf(methods), meaning + more]
  })
  const nameRow = [`\`${nameField.name}\``, audienceOf(sessionMethods), nameField.meaning]
  return markdownTable([['field', 'for', 'meaning'], nameRow, ...rows])
}

/** Of the fields whose parts have rows, below the heading that says more of the field. */
function partTables(): readonly { readonly heading: string; readonly table: string }[] {
  return profileFields.flatMap(({ section, parts }) => {
    if (section === undefined || parts === undefined) return []
    const rows = parts.map(({ name, meaning }) => [`\`${name}\``, meaning])
    return [{ heading: `### ${section}`, table: markdownTable([['part', 'meaning'], ...rows]) }]
  })
}
