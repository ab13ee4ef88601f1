import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * The package as npm would publish it: its manifest (publint), its types for each way of importing them (are the types wrong), and
 * a user's program that looks into the types of its libraries as well.
 */
const root = new URL('..', import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), 'domxml-package-'))

function run(command: string, args: readonly string[], cwd = root): string {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (status === 0) return stdout
  throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`)
}

try {
  run('npm', ['run', '-s', 'build'])
  run('npx', ['publint', '--strict'])
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder])) as { filename: string }[]
  const archive = join(folder, packed!.filename)
  run('npx', ['attw', archive, '--profile', 'esm-only', '--exclude-entrypoints', './schemas/*'])
  run('tar', ['-xzf', archive, '-C', folder])
  writeFileSync(
    join(folder, 'user.ts'),
    "import { convert } from './package/dist/index.js'\nexport const found: number = convert('', {} as never).diagnostics.length\n",
  )
  const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--module', 'nodenext', '--target', 'es2023']
  const checker = join(root, 'node_modules/typescript-native/bin/tsc')
  run('node', [checker, ...options, '--types', '', join(folder, 'user.ts')], folder)
  console.log(`${packed!.filename}: manifest, types and a user's program are fine`)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}
