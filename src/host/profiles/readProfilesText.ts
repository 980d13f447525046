// The text of a profiles file on the disk, once its kind and size say that it can be read.

import { FileSystemError, FileType, type Uri, workspace } from 'vscode'
import { profilesLimits } from '../../shared/limits.ts'
import { noRegularFile, tooLarge } from '../../shared/profile/checkProfilesText.ts'
import { toError } from '../../shared/unknown.ts'

/** `missing` where there is no file; a problem says what to change. */
export type ProfilesRead =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'problem'; readonly message: string }

/** Never rejects. */
export async function readProfilesText(uri: Uri): Promise<ProfilesRead> {
  try {
    const { type, size } = await workspace.fs.stat(uri)
    if (!(type & FileType.File)) return { kind: 'problem', message: noRegularFile }
    if (size > profilesLimits.fileBytes) return { kind: 'problem', message: tooLarge }
    // A file that the kernel generates has no size and may have no end.
    if (size === 0 && uri.scheme === 'file') return { kind: 'text', text: '' }
    return { kind: 'text', text: new TextDecoder().decode(await workspace.fs.readFile(uri)) }
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') {
      return { kind: 'missing' }
    }
    return { kind: 'problem', message: `Make this file readable: ${toError(error).message}` }
  }
}
