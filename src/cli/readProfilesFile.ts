// Reads a profiles file for the command line: a regular file, up to the size limit.

import { readRegularFileSync, UnfitFile } from '../engine/transports/readRegularFile.ts'
import { profilesLimits } from '../shared/limits.ts'
import { checkProfilesText, noRegularFile, tooLarge } from '../shared/profile/checkProfilesText.ts'
import { UsageError } from './usageError.ts'

/** Throws `UsageError` when the file is missing, has no end, or is too large. */
export function readProfilesFile(path: string): string {
  // As VS Code reads it: without a byte order mark.
  const text = new TextDecoder().decode(readFile(path))
  const refusal = checkProfilesText(text)
  if (refusal) {
    throw new UsageError(
      `Correct ${path}, line ${lineAt(text, refusal.offset)}: ${refusal.message}`,
    )
  }
  return text
}

/** From 1. */
export function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}

function readFile(path: string): Uint8Array {
  try {
    return readRegularFileSync(path, profilesLimits.fileBytes)
  } catch (error) {
    if (error instanceof UnfitFile) {
      const problem = error.reason === 'endless' ? noRegularFile : tooLarge
      throw new UsageError(`Correct ${path}: ${problem}`)
    }
    const reason = error instanceof Error && 'code' in error ? error.code : error
    throw new UsageError(
      `${path} cannot be read (${reason}); name the folder that has it with --workspace.`,
    )
  }
}
