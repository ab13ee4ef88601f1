import { printShell } from '../../src/argv/print.ts'
import { convert } from '../../src/convert.ts'
import type { Subject } from './subject.ts'

/** This project's converter, with its command line in the layout of the goldens. */
export const domxml: Subject = (source, circumstances) => {
  const { diagnostics, xml, argv } = convert(source, circumstances)
  return { diagnostics, xml, argv: argv && printShell(argv) }
}
