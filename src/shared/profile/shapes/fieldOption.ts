// Options of the command line that stand for fields of a profile entry.

/** Fields of a profile entry, to be read by `parseEndpoint`. */
export type Entry = Readonly<Record<string, unknown>>

export type EntryDraft = Record<string, unknown>

export type EntryPath = readonly [field: string, part?: string]

export interface FieldOption {
  readonly name: string
  readonly short?: string
  /** What the help writes for its value; null where it takes none. */
  readonly value: string | null
  /** What the help says of it. */
  readonly meaning: string
  /** The paths of problems that are about it, without indexes. */
  readonly problems: readonly string[]
  /** An empty value is one: a message without content. */
  readonly mayBeEmpty?: boolean
  /** Where its value is a file's path: the place of that in the entry. */
  readonly file?: EntryPath
  /** Puts the value (empty for an option without one) into the entry; a sentence says what to change instead. */
  put(entry: EntryDraft, value: string): string | null
}

/** `problems` is what it stands for beside its own path. */
export function textOption(
  name: string,
  value: string,
  meaning: string,
  path: EntryPath,
  problems: readonly string[] = [],
): FieldOption {
  return {
    name,
    value,
    meaning,
    problems: [path.join('.'), ...problems],
    put: (entry, written) => set(entry, path, written),
  }
}

/** A text that is the path of a file. */
export function fileOption(name: string, meaning: string, path: EntryPath): FieldOption {
  return { ...textOption(name, 'file', meaning, path), file: path }
}

/** Takes no value and puts `fixed`. */
export function flagOption(
  name: string,
  meaning: string,
  path: EntryPath,
  fixed: unknown,
  problems: readonly string[] = [],
): FieldOption {
  return {
    name,
    value: null,
    meaning,
    problems: [path.join('.'), ...problems],
    put: (entry) => set(entry, path, fixed),
  }
}

/** The option with an empty value as one of its values. */
export function orEmpty(option: FieldOption): FieldOption {
  return { ...option, mayBeEmpty: true }
}

/** May be repeated: each adds an item to the list, as it is or as the part of an object. */
export function itemOption(
  name: string,
  value: string,
  meaning: string,
  [field, part]: EntryPath,
): FieldOption {
  return {
    name,
    value,
    meaning,
    problems: [part === undefined ? field : `${field}.${part}`],
    put(entry, written) {
      const before = (entry[field] as readonly unknown[] | undefined) ?? []
      entry[field] = [...before, part === undefined ? written : { [part]: written }]
      return null
    },
  }
}

/**
 * May be repeated: each adds a name and its value. `read` answers with null where the option is written
 * otherwise, which `correction` mends: what was written may be a secret and is not repeated.
 */
export function pairOption(
  name: string,
  value: string,
  meaning: string,
  field: string,
  read: (written: string) => readonly [name: string, value: string] | null,
  correction: string,
): FieldOption {
  return {
    name,
    value,
    meaning,
    problems: [field],
    put(entry, written) {
      const found = read(written)
      if (!found) return correction
      const [key, held] = found
      const before = (entry[field] ?? Object.create(null)) as Record<string, readonly string[]>
      before[key] = [...(before[key] ?? []), held]
      entry[field] = before
      return null
    },
  }
}

/** Name and value on both sides of the first `mark`; null without a name. */
export function splitPair(text: string, mark: string): readonly [string, string] | null {
  const at = text.indexOf(mark)
  return at > 0 ? [text.slice(0, at), text.slice(at + mark.length)] : null
}

function set(entry: EntryDraft, [field, part]: EntryPath, value: unknown): null {
  if (part === undefined) entry[field] = value
  else entry[field] = { ...(entry[field] as Entry | undefined), [part]: value }
  return null
}
