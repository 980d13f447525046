// Reads the words of `lifeline tap`.

import { tapField } from '../shared/profile/fields/tapField.ts'
import type { WatchOptions } from './command.ts'
import { readWatch, type Written } from './readOptions.ts'
import { UsageError } from './usageError.ts'

/** Options that other commands do not take. */
export const tapOptions = tapField.options ?? []

/** What a tap is of: the server, or a profile that is a tap. Throws `UsageError`. */
export function readTapped(written: Written, server: string | null): WatchOptions {
  if (written.text('curl') !== null) {
    throw new UsageError('Leave out --curl: a tap makes no requests, your program does.')
  }
  const { fields, ...watch } = readWatch(written, server)
  return { ...watch, fields: { tap: {}, ...fields } }
}
