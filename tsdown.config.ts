import { defineConfig } from 'tsdown'
import { commandLine } from './scripts/bundle.ts'

export default defineConfig([
  { entry: { index: 'src/index.ts' }, format: 'esm', platform: 'neutral', dts: true, outDir: 'dist', clean: true },
  ...commandLine('.', 'dist/cli'),
])
