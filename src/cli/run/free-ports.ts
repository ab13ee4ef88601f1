import { createServer } from 'node:net'
import type { Host } from '../../host/host.ts'

/** Ports on which nobody listens now, from libvirt's first ones up. */
export async function freePorts(): Promise<NonNullable<Host['autoPorts']>> {
  const vnc = await freePort(firstScreen)
  const spice = await freePort(vnc)
  return { vnc, spice, spiceTls: await freePort(spice + 1), vncWebsocket: await freePort(firstWebsocket) }
}

const firstScreen = 5900
const firstWebsocket = 5700
const mostTries = 200

async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + mostTries; port++) if (await isFree(port)) return port
  return first
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)))
  })
}
