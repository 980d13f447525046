// Reads the corpus of pasted commands: texts in files of one shell each, with what they ask for.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from '../places.ts'

export interface PastedCase {
  readonly file: string
  readonly title: string
  readonly text: string
  /** What curl sends for it, or what was reasoned by the rules of the shell; undefined where nothing is sent. */
  readonly sends: string | undefined
  /** The sentence with which it is refused. */
  readonly refused: string | undefined
  /** Sentences about what is not followed. */
  readonly notes: readonly string[]
  /** Fields that the profile entry has. */
  readonly entry: Readonly<Record<string, unknown>>
}

export interface PastedFile {
  readonly name: string
  /** What is said of all its cases, before the first. */
  readonly head: string
  /** Commands for a POSIX shell, whose `sends` is what curl sends. */
  readonly isCurls: boolean
  readonly cases: readonly (PastedCase & { readonly sections: ReadonlyMap<string, string> })[]
}

export const corpusFolder = join(projectFolder, 'test/unit/shared/pasted/corpus')

/** The value of each environment variable that a command names. */
export function environmentValue(name: string): string {
  return `value-of-${name}`
}

/** Files that commands name, with what they hold. */
export const corpusFiles: Readonly<Record<string, string>> = {
  'body.json': '{"stream":true}',
  'up.bin': 'up',
  'lines.txt': 'a\nb\n',
}

export function readCorpus(): readonly PastedFile[] {
  return readdirSync(corpusFolder)
    .toSorted()
    .map((name) => readFile(name, readFileSync(join(corpusFolder, name), 'utf8')))
}

function readFile(name: string, text: string): PastedFile {
  const [head = '', ...blocks] = text.split(/^=== /m)
  return {
    name,
    head,
    isCurls: /^shell: posix$/m.test(head),
    cases: blocks.map((block) => readCase(name, block)),
  }
}

function readCase(file: string, block: string): PastedFile['cases'][number] {
  const [, title = '', rest = ''] = /^([^\n]*)\n(.*)$/s.exec(block) ?? []
  const [command = '', ...parts] = rest.split(/^--- /m)
  const sections = new Map(
    parts.map((part) => {
      const [, name = '', held = ''] = /^([^\n]*)\n(.*)$/s.exec(part) ?? []
      return [name, held.replace(/\n$/, '')] as const
    }),
  )
  return {
    file,
    title,
    text: command.replace(/\n$/, ''),
    sends: sections.get('curl') ?? sections.get('expect'),
    refused: sections.get('refused'),
    notes: sections.get('notes')?.split('\n') ?? [],
    entry: JSON.parse(sections.get('entry') ?? '{}'),
    sections,
  }
}

export function formatCorpusFile({ head, cases }: PastedFile): string {
  const blocks = cases.map(({ title, text, sections }) => {
    const parts = [...sections].map(([name, held]) => `--- ${name}\n${held}\n`)
    return `=== ${title}\n${text}\n${parts.join('')}`
  })
  return head + blocks.join('')
}
