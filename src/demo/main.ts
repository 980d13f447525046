// Entry point of the demo server: `demo [--port 7411]`, until a signal or its parent ends it.

import { parseArgs } from 'node:util'
import { type DemoServer, startDemoServer } from './demoServer.ts'

const host = '127.0.0.1'

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '7411' } } })
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    process.stderr.write(`--port must be a number from 0 to 65535, not "${values.port}".\n`)
    process.exitCode = 2
    return
  }
  const server = await startOrMove(port)
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

async function startOrMove(port: number): Promise<DemoServer> {
  try {
    return await startDemoServer({ port, host })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    process.stdout.write(`Port ${port} is in use; a free one is taken.\n`)
    return startDemoServer({ port: 0, host })
  }
}

void main()
