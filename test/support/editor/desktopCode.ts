// Finds the desktop VS Code that host tests run in.

import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { readPlaces } from '../places.ts'

/** The version that tests download, the same as the VS Code server's. */
const version = '1.139.1'

/**
 * The executable of desktop VS Code; null when the VS Code server has to do. `LIFELINE_VSCODE`
 * decides: a path, `download`, or `server`. Without it, `code` on the PATH is taken where a window
 * can be opened.
 */
export async function findDesktopExecutable(
  download: (version: string) => Promise<string>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<string | null> {
  const wanted = env.LIFELINE_VSCODE
  if (wanted === 'server') return null
  if (wanted === 'download') return download(version)
  if (wanted) return executableOf(wanted) ?? wanted
  const found = readPlaces().desktopCode
  const canShow = process.platform !== 'linux' || env.DISPLAY || env.WAYLAND_DISPLAY
  return found && canShow ? executableOf(found) : null
}

/** `code` is a script that starts the editor and ends; the tests need the editor itself. */
function executableOf(command: string): string | null {
  if (!existsSync(command)) return null
  const folder = dirname(realpathSync(command))
  const candidates = [
    // Linux and Windows: bin/code beside the executable's folder.
    join(folder, '..', 'code'),
    join(folder, '..', 'Code.exe'),
    // macOS: Contents/Resources/app/bin/code.
    join(folder, '..', '..', '..', 'MacOS', 'Electron'),
    join(folder, '..', '..', '..', 'MacOS', 'Code'),
  ]
  return candidates.find((path) => existsSync(path)) ?? null
}
