// The error of a capture file that fails: a stable code, and a message that says what to change.

export type CaptureErrorCode =
  | 'capture-not-writable'
  | 'capture-not-readable'
  | 'capture-write-failed'
  | 'capture-lost'
  | 'bad-filter'
  | 'cancelled'
  | 'too-many-bookmarks'

/** The message is a sentence for people, with the system's reason. `cause` is what SQLite or Node threw. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError'
  readonly code: CaptureErrorCode

  constructor(code: CaptureErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.code = code
  }
}

/** [sqlite] rescode.html: the primary result codes that a file can give its user. */
const sqliteReasons: Readonly<Record<number, string>> = {
  5: 'another program keeps the file locked',
  6: 'another program keeps the file locked',
  7: 'there is not enough memory',
  8: 'the file is read-only',
  10: 'the disk reported an error',
  11: 'the file is damaged or incomplete',
  13: 'the disk is full',
  14: 'the file cannot be opened; check that its folder exists and can be written',
  26: 'it is not a capture',
}

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EEXIST: 'there is such a file already; choose another name, or remove it',
  EACCES: 'you have no permission',
  EPERM: 'you have no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EIO: 'the disk reported an error',
}

/** Why SQLite or the file system refused, in words that stand after a colon, without a full stop. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const result = primaryResult(error)
  if (result !== null) return sqliteReasons[result] ?? error.message
  if ('code' in error && typeof error.code === 'string') {
    return systemReasons[error.code] ?? error.message
  }
  return error.message
}

/** Whether an error came from SQLite; others are faults of ours and go their own way. */
export function isSqliteError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR'
}

/** Whether a number in the file is larger than JavaScript's: Lifeline writes none. */
export function isOutOfRange(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ERR_OUT_OF_RANGE'
}

/** SQLite's result code without what extends it; null when the error is not SQLite's. */
export function primaryResult(error: unknown): number | null {
  if (!isSqliteError(error)) return null
  return 'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null
}
