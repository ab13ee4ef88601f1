import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Every generator, in the order they depend on each other. `--check` compares instead of writing. */
const generators = [
  'gen-capabilities',
  'gen-cpu',
  'gen-capability-docs',
  'gen-schemas',
  'gen-docs',
  'gen-host-docs',
  'gen-rules',
  'gen-man',
] as const

for (const name of generators) {
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url))
  const { status } = spawnSync('npx', ['tsx', script, ...process.argv.slice(2)], { stdio: 'inherit' })
  if (status !== 0) process.exitCode = 1
}
