// Entry point of the demo server: `demo [--port 7411] [--host 127.0.0.1] [--cert f --key f [--client-ca f]] [--unix path]`,
// until a signal or its parent ends it.

import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type DemoServer, type DemoServerOptions, startDemoServer } from './demoServer.ts'

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '7411' },
      host: { type: 'string', default: '127.0.0.1' },
      unix: { type: 'string' },
      cert: { type: 'string' },
      key: { type: 'string' },
      'client-ca': { type: 'string' },
    },
  })
  const { cert, key, unix, host } = values
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    refuse(`--port must be a number from 0 to 65535, not "${values.port}".`)
    return
  }
  if ((cert === undefined) !== (key === undefined)) {
    refuse('Give --cert and --key together: the PEM files of a certificate and its key.')
    return
  }
  const clientCa = values['client-ca']
  const server = await startOrMove({
    port,
    host,
    ...(unix !== undefined && { socketPath: unix }),
    ...(cert !== undefined &&
      key !== undefined && {
        tls: {
          cert: readFileSync(cert, 'utf8'),
          key: readFileSync(key, 'utf8'),
          ...(clientCa !== undefined && { ca: readFileSync(clientCa, 'utf8') }),
        },
      }),
  })
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

function refuse(sentence: string): void {
  process.stderr.write(`${sentence}\n`)
  process.exitCode = 2
}

async function startOrMove(options: DemoServerOptions): Promise<DemoServer> {
  try {
    return await startDemoServer(options)
  } catch (error) {
    const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
    if (!taken || options.socketPath !== undefined) throw error
    process.stdout.write(`Port ${options.port} is in use; a free one is taken.\n`)
    return startDemoServer({ ...options, port: 0 })
  }
}

void main()
