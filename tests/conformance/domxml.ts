import type { Subject } from './subject.ts'

interface Converter {
  convert(source: string, options: object): { diagnostics: []; xml: string | undefined; argv: object | undefined }
}
interface Printer {
  printShell(line: object): string
}

const load = (path: string): Promise<unknown> => import(new URL(path, import.meta.url).href)
const { convert } = (await load('../../src/convert.ts')) as Converter
const { printShell } = (await load('../../src/argv/print.ts')) as Printer

/** This project's converter, with its command line in the layout of the goldens. */
export const domxml: Subject = (source, circumstances) => {
  const { diagnostics, xml, argv } = convert(source, circumstances)
  return { diagnostics, xml, argv: argv && printShell(argv) }
}
