import { of } from '../../argv/piece.ts'
import type { Context } from '../../context/context.ts'
import type { LaunchBuilder } from '../../launch/builder.ts'
import type { MemoryDevice } from './element.ts'

/** The file or device that is the memory. */
export function launchMemory({ source }: MemoryDevice, _context: Context, plan: LaunchBuilder): void {
  if (source !== undefined && 'path' in source) plan.writable(source.path, 'the memory of a module', of(source, 'path'))
}
