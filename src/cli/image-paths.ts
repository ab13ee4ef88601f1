import { imagesIn } from '../devices/disk/paths.ts'
import { parseDomain } from '../pipeline/parse.ts'
import { readInput } from './input.ts'
import { UsageError } from './status.ts'

/** The local images that domains name, each once. */
export async function imagePaths(files: readonly string[]): Promise<string[]> {
  const paths = new Set<string>()
  for (const file of files) {
    const input = await readInput(file)
    const { definition } = parseDomain(input.bytes)
    if (definition === undefined) throw new UsageError(`${input.name}: it is no domain that can be read`)
    for (const path of imagesIn(definition)) paths.add(path)
  }
  return [...paths]
}
