// A command as it is pasted → its words, by the rules of the shell that it is written for.

import type { Parsed } from '../../endpoint/problem.ts'
import { cmdCommand, isForCmd } from './cmdCommand.ts'
import { posixCommand } from './posixCommand.ts'
import { isForPowerShell, powerShellCommand } from './powerShellCommand.ts'
import type { IsWanted, ShellCommand } from './wantedCommand.ts'

/**
 * The first command that is wanted. A shell's variables become references (`$TOKEN` is `${env:TOKEN}`) unless the text
 * itself sets them; what is literal is escaped, so that `replaceReferences` gives the text back. Line ends may have
 * been lost on the way: what continues a line before its end does so before white space. Null where there is none.
 */
export function shellCommand(text: string, isWanted: IsWanted): Parsed<ShellCommand | null> {
  const plain = text.replace(/\r\n?/g, '\n')
  if (isForPowerShell(plain)) return powerShellCommand(plain, isWanted)
  if (isForCmd(plain)) return cmdCommand(text, isWanted)
  const posix = posixCommand(plain, isWanted, 'posix')
  // Only fish escapes a single quote between single quotes.
  if (posix.ok || !plain.includes("\\'")) return posix
  const fish = posixCommand(plain, isWanted, 'fish')
  return fish.ok && fish.value !== null ? fish : posix
}

/** Also with a path in front, or `.exe` behind. */
export function isNamed(name: string): IsWanted {
  const shape = new RegExp(`(?:^|[\\\\/])${name}(?:\\.exe)?$`, 'i')
  return (word) => shape.test(word)
}
