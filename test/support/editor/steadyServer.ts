// Replaces a VS Code server that ends by itself while a window opens.

import { startVscodeServer, type VscodeServer, type VscodeServerOptions } from './vscodeServer.ts'

/** A VS Code server that is replaced where it ended by itself while a window opened, as a browser is. */
export async function startSteadyServer(options: VscodeServerOptions) {
  let running = await startVscodeServer(options)
  return {
    get running() {
      return running
    },
    async open<T>(act: (server: VscodeServer) => Promise<T>): Promise<T> {
      try {
        return await act(running)
      } catch (error) {
        const ended = running.ended()
        if (ended === null) throw error
        const said = running.output().slice(-1000)
        process.stderr.write(
          `The VS Code server has ended by itself (${ended}); a new one is started.\n${said}\n`,
        )
        await running.close()
        running = await startVscodeServer(options)
        return act(running)
      }
    },
  }
}
