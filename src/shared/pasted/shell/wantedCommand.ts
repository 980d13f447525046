// The command that is looked for in a shell's text, and sentences about what stands around it.

/** What the command reads where it names `-`; `unknown` where another command would write it. */
export type ShellInput =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'unknown' }

export interface ShellCommand {
  /** The command's name first. */
  readonly words: readonly string[]
  readonly input: ShellInput | null
  /** Sentences about what is taken otherwise than the shell would. */
  readonly notes: readonly string[]
}

/** Whether a word names the command that is looked for. */
export type IsWanted = (word: string) => boolean

/** The sentence about a line that seems to belong to the command above it. */
export function unjoined(line: string, mark: string): string {
  const [option] = /^-{1,2}[A-Za-z-]{1,24}/.exec(line) ?? ['an option']
  return `Write ${mark} at the end of the line above ${option}: it would be a command of its own.`
}

export const curlyQuotes = /[\u2018-\u201f\u2039\u203a\u00ab\u00bb]/

/** The sentence about quotes that are none to a shell. */
export function curlyRefusal(quote: string): string {
  return `Replace the curly quotes, as ${quote}, by straight ones, " or ': to a shell they quote nothing.`
}
