import { existsSync, readFileSync } from 'node:fs'

/** A socket that takes clients; its file is there a little earlier (proc(5): net/unix, __SO_ACCEPTCON). */
export function listens(socket: string): boolean {
  if (!existsSync(socket)) return false
  const sockets = readFileSync('/proc/net/unix', 'utf8').split('\n')
  return sockets.some((line) => line.endsWith(` ${socket}`) && line.split(' ')[3] === '00010000')
}
