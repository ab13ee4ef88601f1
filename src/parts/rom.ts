import { of } from '../argv/piece.ts'
import { Properties } from '../argv/properties.ts'
import type { Rom } from '../fragments/device-info.ts'

/** The properties of `-device` for `<rom>`: an empty file turns the ROM off. */
export function romProperties(rom: Rom | undefined): Properties | undefined {
  if (rom === undefined) return undefined
  const properties = new Properties()
  if (rom.enabled === false) return properties.put('romfile', '', of(rom, 'enabled'))
  if (rom.bar !== undefined) properties.put('rombar', rom.bar ? 1 : 0, of(rom, 'bar'))
  return properties.put('romfile', rom.file, of(rom, 'file'))
}
