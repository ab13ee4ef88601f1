import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { hasErrors } from '../src/diagnostic/diagnostic.ts'
import { parseDomain } from '../src/pipeline/parse.ts'
import { convertCase, firstRelease, goldenFolder, goldenKinds, inputPath } from '../tests/goldens.ts'

/** Writes the goldens of the named cases: the only way one is written. Read them before you commit. */
const { values, positionals } = parseArgs({
  options: { qemu: { type: 'string' }, libvirt: { type: 'string' } },
  allowPositionals: true,
})
if (positionals.length === 0) {
  console.error('usage: npm run accept -- CASE... [--qemu VERSION] [--libvirt VERSION]')
  process.exitCode = 2
}

for (const name of positionals) {
  const kinds = goldenKinds.filter((kind) => existsSync(inputPath(kind, name)))
  if (kinds.length === 0) {
    console.error(`${name}: no input tests/xml2argv/${name}.xml or tests/xml2xml/${name}.xml`)
    process.exitCode = 1
  }
  for (const kind of kinds) {
    const path = inputPath(kind, name)
    const arch = parseDomain(readFileSync(path)).definition?.os.type.arch ?? 'x86_64'
    const known = goldenFolder(kind).goldens.filter((golden) => golden.case === name)
    const { qemu = 'latest', libvirt = firstRelease } = values
    const chosen = values.qemu === undefined && values.libvirt === undefined && known.length > 0
    for (const { qemu: build, libvirt: release } of chosen ? known : [{ qemu, libvirt }]) {
      const { text, label, conversion } = await convertCase(kind, name, arch, build, release)
      if (text === undefined || hasErrors(conversion.diagnostics)) {
        for (const { code, message } of conversion.diagnostics) console.error(`${name}: ${code}: ${message}`)
        process.exitCode = 1
        continue
      }
      const golden = path.replace(
        /\.xml$/,
        `.${arch}-${label}${release === firstRelease ? '' : `@${release}`}.${kind.suffix}`,
      )
      writeFileSync(golden, text)
      console.log(golden)
    }
  }
}
