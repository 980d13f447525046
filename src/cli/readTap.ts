// Reads the words of `lifeline tap`.

import { guessUrls, isBareWord } from '../shared/pasted/guessUrls.ts'
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
  const { fields, ...watch } = readWatch(written, server === null ? null : serverUrl(server))
  return { ...watch, fields: { tap: {}, ...fields } }
}

/** `localhost:3000` gets the likelier scheme; a word alone may be meant as the name of a profile. */
function serverUrl(server: string): string {
  const [likely = server] = isBareWord(server) ? [] : guessUrls(server)
  return likely
}
