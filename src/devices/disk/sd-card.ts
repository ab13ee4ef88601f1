import type { CommandLineBuilder } from '../../argv/command-line.ts'
import { of, rule } from '../../argv/piece.ts'
import { Properties } from '../../argv/properties.ts'
import type { Context } from '../../context/context.ts'
import { cacheOf } from './cache.ts'
import type { Disk } from './element.ts'
import { chainOf } from './images.ts'
import { numbersOfName } from './name.ts'

/** Boards take SD cards by `-drive if=sd` only: their slots have no name that a `-device` could use. */
export function printSdCard(disk: Disk, context: Context, out: CommandLineBuilder): void {
  const { target, driver } = disk
  const opened = chainOf(disk, context)?.opened.at(-1)
  const properties = new Properties()
  if (opened) {
    for (const object of opened.objects) out.object(object)
    properties.append(file(disk, opened.storage))
    // That a directory is shown as FAT, its name says.
    if (driver && disk.type !== 'dir') properties.field('format', driver, 'type')
    properties.put('if', 'sd', target ? of(target, 'bus') : rule('disk/sd'))
  } else properties.put('if', 'sd', rule('disk/sd'))
  if (target) properties.put('index', numbersOfName(target.dev, context.plan)?.index, of(target, 'dev'))
  if (disk.readonly) properties.put('readonly', true, of(disk, 'readonly'))
  const cache = cacheOf(disk)
  properties.put('cache', cache?.mode, cache?.from ?? rule('disk/sd'))
  if (driver) {
    properties
      .field('discard', driver, 'discard')
      .field('detect-zeroes', driver, 'detect_zeroes')
      .field('aio', driver, 'io')
  }
  out.keyValue('-drive', properties)
}

/** A local image by its path, others by the properties of their storage layer. */
function file(disk: Disk, storage: Properties): Properties {
  const path = storage.list.find(({ name }) => name === 'filename')
  if (disk.type === 'dir' && disk.source?.dir !== undefined)
    return new Properties().put('file', `fat:${disk.source.dir}`, of(disk.source, 'dir'))
  const local = disk.type === 'file' || disk.type === 'block'
  if (local && path) return new Properties().put('file', path.value, path.from)
  return new Properties().put('file', storage, rule('disk/sd-source'))
}
