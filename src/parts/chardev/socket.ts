import type { Context } from '../../context/context.ts'
import { type ChardevOf, unixSource } from '../../fragments/chardev/element.ts'
import type { Origin } from '../../origin/origin.ts'

/**
 * The client end of a UNIX socket, for devices that have a connection of their own kind.
 * @param from where the path came from
 */
export function socketChardev(path: string, from: Origin, context: Context): ChardevOf<'unix'> {
  const source = context.made(unixSource.create({ mode: 'connect', path }), from)
  return context.made({ type: 'unix', source, log: undefined }, from)
}
