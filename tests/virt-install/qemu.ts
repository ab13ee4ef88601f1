import { spawn } from 'node:child_process'
import { createConnection } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a real QEMU made of a command line. */
export interface Verdict {
  /** It reached the point where its monitor answers. */
  readonly accepted: boolean
  readonly stderr: string
}

const patience = 20_000

/** Starts QEMU paused, waits for its monitor, tells it to quit. The process is always reaped. */
export async function startAndQuit(binary: string, args: readonly string[], monitor: string): Promise<Verdict> {
  const child = spawn(binary, args, { stdio: ['ignore', 'ignore', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  let ended = false
  const end = new Promise<void>((resolve) => child.once('close', () => resolve())).then(() => {
    ended = true
  })
  const deadline = Date.now() + patience
  let accepted = false
  while (!ended && !accepted && Date.now() < deadline) {
    accepted = await quitThrough(monitor)
    if (!accepted) await sleep(50)
  }
  const killer = setTimeout(() => child.kill('SIGKILL'), accepted ? 5000 : 0)
  await end
  clearTimeout(killer)
  return { accepted, stderr }
}

/** The QMP greeting, `quit`, and the end of the connection; false where nobody listens yet. */
function quitThrough(monitor: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(monitor)
    let greeted = false
    socket.on('error', () => resolve(greeted))
    socket.on('close', () => resolve(greeted))
    socket.once('data', () => {
      greeted = true
      socket.write('{"execute":"qmp_capabilities"}\n{"execute":"quit"}\n')
    })
    socket.resume()
  })
}
