// The text of `docs/filter.md`: as it is, with the tables of what can be written made anew.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type FilterRow,
  fieldRows,
  flagRows,
  joinRows,
  jsonRows,
  textRows,
} from '../src/shared/filter/filterTable.ts'
import { markdownTable, withTable } from './markdownTable.ts'

const sections: Readonly<Record<string, readonly FilterRow[]>> = {
  Text: textRows,
  Fields: [...Object.values(fieldRows), ...Object.values(flagRows)],
  JSON: jsonRows,
  Joining: joinRows,
}

export function filterDoc(): string {
  const written = readFileSync(join(import.meta.dirname, '../docs/filter.md'), 'utf8')
  return Object.entries(sections).reduce(
    (text, [heading, rows]) => withTable(text, `## ${heading}`, tableOf(rows)),
    written,
  )
}

function tableOf(rows: readonly FilterRow[]): string {
  const cells = rows.map(({ example, sentence }) => [`\`${example}\``, sentence])
  return markdownTable([['for example', 'finds'], ...cells].map((row) => row.map(inCell)))
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|')
}
