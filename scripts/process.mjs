// Runs programs for the scripts: with the project's Node 24 first on the PATH, in the project's folder.

import { spawn } from 'node:child_process'
import { accessSync, constants, createWriteStream, mkdirSync, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Absolute path of the project. */
export const root = fileURLToPath(new URL('..', import.meta.url))
/** The extension that shows Lifeline in the window of `npm start`. */
export const tourFolder = join(root, 'scripts', 'startTour')
/** Everything that set-up fetches and tests write; not committed. */
export const storage = join(root, '.vscode-test')
const logFile = join(storage, 'setup.log')
const bin = join(root, 'node_modules', '.bin')

/** A step that cannot be done; the message says what to change. */
export class SetupError extends Error {}

/** Finds a program as a shell does; null when there is none. */
export function findProgram(name) {
  const extensions = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : ['']
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    for (const extension of extensions) {
      const path = join(folder, name + extension)
      if (isExecutable(path)) return path
    }
  }
  return null
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    // Not there, or not for this user: the search goes on.
    return false
  }
}

// An npm inside an npm would take these for its own project, its own Node and its own quiet.
const ofOuterNpm =
  /^(NODE|npm_(package|lifecycle|command|execpath|node_execpath).*|npm_config_(local_prefix|loglevel|user_agent|node_gyp|npm_version|allow_scripts))$/

/** The environment of every child: Node 24 first, and nothing of the `npm run` around us. */
export function environment(more = {}) {
  const env = { ...process.env }
  for (const name of Object.keys(env)) {
    if (ofOuterNpm.test(name)) delete env[name]
  }
  const pathName = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH'
  env[pathName] = [bin, env[pathName]].filter(Boolean).join(delimiter)
  return { ...env, ...more }
}

/**
 * Runs a program and resolves with its exit code. `output: 'log'` appends what it prints to the
 * set-up log; `'inherit'` shows it. After `limitMs` it is asked to end, and `onLimit` is told once it has.
 */
export function run(program, args, options = {}) {
  const { output = 'inherit', cwd = root, env = environment(), limitMs, onLimit } = options
  const windows = process.platform === 'win32'
  const log = output === 'log' ? openLog(`$ ${program} ${args.join(' ')}`) : null
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      // npm and the tools are .cmd files there, which only a shell starts.
      shell: windows,
      stdio: log ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
      timeout: limitMs,
    })
    if (log) {
      child.stdout.pipe(log, { end: false })
      child.stderr.pipe(log, { end: false })
    }
    child.on('error', reject)
    child.on('close', (code, signal) => {
      log?.end()
      // Nothing else kills it.
      if (child.killed) onLimit?.()
      resolve(code ?? (signal ? 1 : 0))
    })
  })
}

/** Runs a program into the log; rejects with `advice` when it fails. */
export async function runLogged(program, args, advice, options = {}) {
  const code = await run(program, args, { ...options, output: 'log' }).catch((error) => error)
  if (code !== 0) throw new SetupError(`${advice} (Details: ${logFile}.)`)
}

function openLog(line) {
  mkdirSync(dirname(logFile), { recursive: true })
  const log = createWriteStream(logFile, { flags: 'a' })
  log.write(`\n${new Date().toISOString()} ${line}\n`)
  return log
}

/** One calm line. */
export function say(line) {
  process.stdout.write(`${line}\n`)
}
