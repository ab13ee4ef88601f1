import type { Diagnostic, Span } from '../../diagnostic/diagnostic.ts'
import { hasErrors } from '../../diagnostic/diagnostic.ts'
import { LineIndex, type Position } from '../../diagnostic/position.ts'
import { wrongRoot } from '../../pipeline/wrong-root.ts'
import { readXml } from '../../xml/read.ts'
import type { XmlElement } from '../../xml/tree.ts'
import { readInput } from '../input.ts'

/** A domain's file that was read; `root` is undefined where it cannot be used. */
export interface DomainFile {
  readonly name: string
  readonly bytes: Uint8Array
  readonly text: string
  readonly root: XmlElement | undefined
  readonly diagnostics: readonly Diagnostic[]
}

export async function readDomainFiles(names: readonly string[]): Promise<DomainFile[]> {
  return Promise.all(names.map(readDomainFile))
}

async function readDomainFile(given: string): Promise<DomainFile> {
  const { name, bytes } = await readInput(given)
  const { text, root, diagnostics } = readXml(bytes)
  const wrong = root && wrongRoot(root)
  const found = wrong === undefined ? diagnostics : [...diagnostics, wrong]
  return { name, bytes, text, root: hasErrors(found) ? undefined : root, diagnostics: found }
}

/** Finds the places of findings in the files. */
export class Places {
  private readonly lines: ReadonlyMap<string, LineIndex>

  constructor(files: readonly DomainFile[]) {
    this.lines = new Map(files.map(({ name, text }) => [name, new LineIndex(text)]))
  }

  text(file: string): string {
    return this.lines.get(file)?.text ?? ''
  }

  locate(file: string, span: Span): Position | undefined {
    return this.lines.get(file)?.position(span.start)
  }
}
