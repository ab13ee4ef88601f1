import type { Options, Tinypool } from 'tinypool'

/** Alone in a chunk that Node itself loads (`../compiled.ts`), as it imports what is not in the bundle. */
export async function newPool(options: Options): Promise<Tinypool> {
  const { Tinypool } = await import('tinypool')
  return new Tinypool(options)
}
