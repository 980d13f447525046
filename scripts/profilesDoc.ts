// The text of `docs/profiles.md`: as it is, with the tables of fields and of their parts made anew.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { audienceOf } from '../src/shared/profile/audience.ts'
import { nameField, profileFields } from '../src/shared/profile/profileFields.ts'

export function profilesDoc(): string {
  const written = readFileSync(join(import.meta.dirname, '../docs/profiles.md'), 'utf8')
  const tables = [{ heading: '## Fields', table: fieldsTable() }, ...partTables()]
  return tables.reduce((text, { heading, table }) => {
    // The first table below the heading.
    const place = new RegExp(`(^${heading}\\n(?:(?!#|\\|).*\\n)*)(?:\\|.*\\n)*`, 'm')
    if (!place.test(text)) throw new Error(`docs/profiles.md has no table below ${heading}`)
    return text.replace(place, (_whole, before: string) => before + table)
  }, written)
}

function fieldsTable(): string {
  const rows = profileFields.map(({ name, methods, meaning, section }) => {
    const more = section === undefined ? '' : ` See [${section}](#${section.toLowerCase()}).`
    return [`\`${name}\``, audienceOf(methods), meaning + more]
  })
  const nameRow = [`\`${nameField.name}\``, audienceOf(), nameField.meaning]
  return tableOf([['field', 'for', 'meaning'], nameRow, ...rows])
}

/** Of the fields whose parts have rows, below the heading that says more of the field. */
function partTables(): readonly { readonly heading: string; readonly table: string }[] {
  return profileFields.flatMap(({ section, parts }) => {
    if (section === undefined || parts === undefined) return []
    const rows = parts.map(({ name, meaning }) => [`\`${name}\``, meaning])
    return [{ heading: `### ${section}`, table: tableOf([['part', 'meaning'], ...rows]) }]
  })
}

/** Padded as Biome does it. */
function tableOf([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) =>
    Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`
  const rule = widths.map((width) => '-'.repeat(width))
  return [head, rule, ...rows].map(line).join('')
}
