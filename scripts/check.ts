import { spawnSync } from 'node:child_process'

/** What must hold before a commit: types, lint, import rules, fresh generated files, complete slices, file sizes. */
const steps: readonly (readonly [name: string, command: readonly string[]])[] = [
  ['types', ['npm', 'run', '-s', 'typecheck']],
  [
    'types of the page',
    ['node', 'node_modules/typescript-native/bin/tsc', '--noEmit', '-p', 'playground/tsconfig.json'],
  ],
  [
    'types of the extension',
    ['node', 'node_modules/typescript-native/bin/tsc', '--noEmit', '-p', 'editors/vscode/tsconfig.json'],
  ],
  ['biome', ['npx', 'biome', 'check', '.']],
  ['imports', ['npm', 'run', '-s', 'imports']],
  ['generated files', ['npm', 'run', '-s', 'generate', '--', '--check']],
  ['slices', ['npx', 'tsx', 'scripts/check-slices.ts']],
  ['rules', ['npx', 'tsx', 'scripts/check-rules.ts']],
  ['expressions', ['npx', 'tsx', 'scripts/check-regex.ts']],
  ['keys', ['npx', 'tsx', 'scripts/check-keys.ts']],
  ['package', ['npx', 'tsx', 'scripts/check-package.ts']],
]

let failed = 0
for (const [name, [command, ...args]] of steps) {
  const started = performance.now()
  const { status, stdout, stderr } = spawnSync(command!, args, { encoding: 'utf8' })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  const notes = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('SKIPPED'))
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds} s)`)
  for (const note of notes) console.log(`     ${note.trim()}`)
  if (status === 0) continue
  failed++
  console.log(`${stdout}${stderr}`.trimEnd())
}
process.exitCode = failed === 0 ? 0 : 1
