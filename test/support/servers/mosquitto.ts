// The MQTT broker Mosquitto with a WebSocket listener on loopback, for tests with a peer that nobody here wrote.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Mosquitto {
  /** `http://127.0.0.1:port`. */
  readonly origin: string
  /** Ends the broker as a restart would; resolves when it is gone. */
  stop(): Promise<void>
}

/** Starts the program at this path. Rejects with what it printed when it does not come up. */
export async function startMosquitto(program: string, port?: number): Promise<Mosquitto> {
  // Mosquitto takes no port 0, and another program may be faster than it.
  for (let attempt = 1; ; attempt++) {
    try {
      return await startAt(program, port ?? (await freePort()))
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}

async function startAt(program: string, port: number): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'lifeline-mosquitto-'))
  const config = join(folder, 'mosquitto.conf')
  const lines = [
    // Mosquitto 2.0.11 does not start with WebSocket listeners alone (its issue 2284).
    `listener 0 ${join(folder, 'plain.sock')}`,
    `listener ${port} 127.0.0.1`,
    'protocol websockets',
    'allow_anonymous true',
    'log_dest stderr',
    // As root it would become a user of its own, who may not exist.
    ...(process.getuid?.() === 0 ? ['user root'] : []),
  ]
  writeFileSync(config, `${lines.join('\n')}\n`)
  // It takes memory for every file that it might open, which in a container can be a thousand million.
  const start = ['-c', 'ulimit -n 1024; exec "$0" -c "$1"', program, config]
  const broker = spawn('sh', start, { stdio: ['ignore', 'ignore', 'pipe'] })
  const gone = once(broker, 'close').finally(() => rmSync(folder, { recursive: true }))
  let printed = ''
  await new Promise<void>((resolve, reject) => {
    const fail = () => reject(new Error(`Mosquitto did not start: ${printed}`))
    gone.then(fail, reject)
    broker.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      if (/ running\n/.test(printed)) resolve()
    })
  })
  return {
    origin: `http://127.0.0.1:${port}`,
    async stop() {
      broker.kill()
      await gone
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no TCP address')
  return address.port
}
