// The folder of capture files: names them, lists them, deletes the oldest, and never looks into one.

import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { Method } from '../../shared/endpoint/endpoint.ts'
import { isMethod, sessionMethods } from '../../shared/endpoint/methods.ts'
import { decodePercent } from '../../shared/text/decodePercent.ts'
import { encodeReserved } from '../../shared/text/encodePercent.ts'

/** A capture file, as its name and its place tell. */
export interface SavedCapture {
  /** The file's name without its ending; also the session's id. */
  readonly id: string
  readonly path: string
  /** The session's name; a long one is cut. */
  readonly label: string
  readonly method: Method | null
  /** Epoch ms. */
  readonly startedAt: number
  readonly sizeBytes: number
}

export interface CaptureFolder {
  /** A path for a new session, in a folder that exists; null when nothing can be kept here. */
  place(name: string, method: Method): Promise<{ id: string; path: string | null }>
  /** Newest first. Empty when there is no folder yet. */
  list(): Promise<readonly SavedCapture[]>
  /** Path of a capture that may exist, or null when the id cannot be one. */
  pathOf(id: string): string | null
  /** The way back: the id of a capture in this folder; null for any other file. */
  idOf(path: string): string | null
  remove(id: string): Promise<void>
  /** Deletes the oldest until `keep` are left; spares those in `inUse` and those another window writes. */
  thinOut(keep: number, inUse: ReadonlySet<string>): Promise<void>
}

const ending = '.lifeline'
const shape = new RegExp(
  `^(\\d{8}T\\d{9})-(${sessionMethods.join('|')})-([\\w.~%-]*)-[0-9a-f]{6}(?:-\\d+)?$`,
)
/** File systems take 255 bytes for a name; what else stands in it takes 60. */
const maxNameChars = 150
/** A file with a journal beside it is being written, or its window died: then a week is grace enough. */
const journalGraceMs = 7 * 24 * 3600 * 1000

/** `folder` is asked each time, as a setting may change it; null means there is nowhere to write. */
export function createCaptureFolder(
  folder: () => string | null,
  now: () => number = Date.now,
): CaptureFolder {
  async function list(): Promise<SavedCapture[]> {
    const place = folder()
    if (place === null) return []
    const names = await readdir(place).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return []
      throw error
    })
    const found = await Promise.all(
      names.filter((name) => name.endsWith(ending)).map((name) => inspect(place, name)),
    )
    return found
      .filter((capture) => capture !== null)
      .sort((a, b) => b.startedAt - a.startedAt || (a.id < b.id ? 1 : -1))
  }

  function pathOf(id: string): string | null {
    const place = folder()
    return place !== null && shape.test(id) ? join(place, id + ending) : null
  }

  function idOf(path: string): string | null {
    const id = basename(path, ending)
    return pathOf(id) === path ? id : null
  }

  async function remove(id: string): Promise<void> {
    const path = pathOf(id)
    if (path === null) return
    for (const part of [path, `${path}-wal`, `${path}-shm`]) await rm(part, { force: true })
  }

  return {
    list,
    pathOf,
    idOf,
    remove,
    async place(name, method) {
      const id = captureId(name, method, now())
      const place = folder()
      if (place === null) return { id, path: null }
      await mkdir(place, { recursive: true })
      return { id, path: join(place, id + ending) }
    },
    async thinOut(keep, inUse) {
      const old = (await list()).filter(({ id }) => !inUse.has(id)).slice(keep)
      for (const { id, path } of old) {
        if (now() - (await lastWrite(`${path}-wal`)) > journalGraceMs) await remove(id)
      }
    },
  }
}

/** `20261120T142207318-websocket-Trades-3fa94c`: sorts by time, tells what it is, is never taken. */
function captureId(name: string, method: Method, at: number): string {
  const time = new Date(at).toISOString().replace(/[-:.Z]/g, '')
  return `${time}-${method}-${encodeName(name)}-${randomBytes(3).toString('hex')}`
}

/** Percent-encoded, so that it can be read back: `localhost%3A7411%2Fws`. */
function encodeName(name: string): string {
  let encoded = ''
  for (const character of name) {
    const next = encodeReserved(character)
    if (encoded.length + next.length > maxNameChars) break
    encoded += next
  }
  return encoded
}

async function inspect(folder: string, name: string): Promise<SavedCapture | null> {
  const id = name.slice(0, -ending.length)
  const [, time = '', method, label = ''] = shape.exec(id) ?? []
  const path = join(folder, name)
  // Another window may delete it between listing and looking.
  const facts = await stat(path).catch(() => null)
  if (time === '' || facts === null || !facts.isFile()) return null
  return {
    id,
    path,
    label: decodePercent(label).trim() || 'Unnamed',
    method: isMethod(method) ? method : null,
    startedAt: parseTime(time),
    sizeBytes: facts.size,
  }
}

function parseTime(time: string): number {
  const [, y, mo, d, h, mi, s, ms] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})$/.exec(time) ?? []
  return Date.UTC(
    Number(y),
    Number(mo) - 1,
    Number(d),
    Number(h),
    Number(mi),
    Number(s),
    Number(ms),
  )
}

/** Epoch ms; long ago where there is no such file. */
async function lastWrite(path: string): Promise<number> {
  const facts = await stat(path).catch(() => null)
  return facts?.mtimeMs ?? Number.NEGATIVE_INFINITY
}
