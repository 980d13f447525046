// Entry point of the demo server: reads its options, starts it, and stops it on a signal or when its parent ends.

import { readFileSync } from 'node:fs'
import { createSecureContext } from 'node:tls'
import { parseArgs } from 'node:util'
import { toError } from '../shared/unknown.ts'
import { type DemoServer, type DemoServerOptions, startDemoServer } from './demoServer.ts'

const usage =
  'Usage: demo [--port 7411] [--host 127.0.0.1 | --unix path] [--cert file --key file [--client-ca file]]'

/** The server cannot start; the message says what to change. */
class Mistake extends Error {}

async function main(): Promise<void> {
  const server = await startOrMove(readOptions(process.argv.slice(2)))
  process.stdout.write(`Lifeline demo server: ${server.url}\n`)
  // A parent that forked this process learns the address without reading text.
  process.send?.({ url: server.url, port: server.port })
  const stop = async () => {
    await server.close()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, stop)
  process.once('disconnect', stop)
}

function readOptions(words: string[]): DemoServerOptions {
  const { port, host, unix, ...files } = readWords(words)
  if (!/^\d+$/.test(port) || Number(port) > 65_535) {
    throw new Mistake(`--port must be a number from 0 to 65535, not "${port}".`)
  }
  const tls = readTlsFiles(files)
  return {
    port: Number(port),
    host,
    ...(unix !== undefined && { socketPath: unix }),
    ...(tls !== null && { tls }),
  }
}

function readWords(words: string[]) {
  try {
    const { values } = parseArgs({
      args: words,
      options: {
        port: { type: 'string', default: '7411' },
        host: { type: 'string', default: '127.0.0.1' },
        unix: { type: 'string' },
        cert: { type: 'string' },
        key: { type: 'string' },
        'client-ca': { type: 'string' },
      },
    })
    return values
  } catch (error) {
    throw new Mistake(`${toError(error).message}\n${usage}`)
  }
}

type Files = Pick<ReturnType<typeof readWords>, 'cert' | 'key' | 'client-ca'>

/** null where the server is to speak plain HTTP. */
function readTlsFiles({ cert, key, 'client-ca': ca }: Files) {
  if (cert === undefined && key === undefined && ca === undefined) return null
  if (cert === undefined || key === undefined) {
    throw new Mistake(
      'Give --cert and --key together, the PEM files of a certificate and its key; --client-ca needs both.',
    )
  }
  const tls = {
    cert: readText('cert', cert),
    key: readText('key', key),
    ...(ca !== undefined && { ca: readText('client-ca', ca) }),
  }
  try {
    createSecureContext(tls)
  } catch (error) {
    const reason = toError(error).message
    throw new Mistake(`--cert and --key must be PEM files that belong together: ${reason}.`)
  }
  return tls
}

function readText(option: string, file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Mistake(`The file of --${option} cannot be read: ${toError(error).message}.`)
  }
}

async function startOrMove(options: DemoServerOptions): Promise<DemoServer> {
  try {
    return await startDemoServer(options)
  } catch (error) {
    const { code, syscall, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE' && options.socketPath === undefined && options.port !== 0) {
      process.stdout.write(`Port ${options.port} is in use; a free one is taken.\n`)
      return startOrMove({ ...options, port: 0 })
    }
    // An error of a system call names the call; any other is a fault of ours.
    if (syscall === undefined) throw error
    throw new Mistake(`The demo server cannot listen: ${message}.`)
  }
}

main().catch((error: unknown) => {
  if (!(error instanceof Mistake)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 2
})
