import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach } from 'vitest'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A machine's file system in a folder of its own; a value with an arrow is a link: `→ ../target`. */
export function tree(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'domxml-host-'))
  made.push(root)
  for (const [path, content] of Object.entries(files)) {
    const at = join(root, path)
    mkdirSync(dirname(at), { recursive: true })
    if (content.startsWith('→ ')) symlinkSync(content.slice(2), at)
    else writeFileSync(at, content)
  }
  return root
}
