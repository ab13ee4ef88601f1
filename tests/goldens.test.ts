import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { convertCase, goldenFolder, goldenKinds, inputPath } from './goldens.ts'

describe.each(goldenKinds)('$folder', (kind) => {
  const { inputs, goldens } = goldenFolder(kind)

  test.each(inputs)('%s has a golden (npm run accept -- CASE)', (name) => {
    expect(goldens.some((golden) => golden.case === name)).toBe(true)
  })

  test.each(goldens)('$case on $arch $qemu', async (golden) => {
    expect(existsSync(inputPath(kind, golden.case)), 'the golden has an input').toBe(true)
    const { text, conversion } = await convertCase(kind, golden.case, golden.arch, golden.qemu, golden.libvirt)
    expect(text, conversion.diagnostics.map((it) => `${it.code}: ${it.message}`).join('\n')).toBe(
      readFileSync(golden.path, 'utf8'),
    )
  })
})
