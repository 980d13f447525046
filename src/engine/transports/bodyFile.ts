// The body of a request that the profile keeps in a file.

import type { Limits } from '../../shared/limits.ts'
import { formatLimit } from '../../shared/text/units.ts'
import type { Fault } from '../protocols/fault.ts'
import { readRegularFile, UnfitFile } from './readRegularFile.ts'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EACCES: 'may not be read',
  EPERM: 'may not be read',
  EISDIR: 'is a folder',
}

/** The file's bytes, or what is wrong with it. */
export async function readBodyFile(path: string, limits: Limits): Promise<Uint8Array | Fault> {
  try {
    return await readRegularFile(path, limits.messageBytes)
  } catch (error) {
    if (error instanceof UnfitFile) {
      const tooLarge = `is larger than ${formatLimit(limits.messageBytes)}`
      return fault(path, error.reason === 'endless' ? 'is none with a size' : tooLarge)
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    return fault(path, reasons[code] ?? 'cannot be read', code)
  }
}

function fault(path: string, words: string, cause?: string): Fault {
  return {
    code: 'file-not-readable',
    message: `The file of "bodyFile" ${words}: ${path}`,
    advice: 'Correct "bodyFile" in the profile, or --body-file on the command line.',
    ...(cause && { cause }),
  }
}
