import { checkstyle } from './checkstyle.ts'
import { compact } from './compact.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { json, jsonl } from './json.ts'
import { junit } from './junit.ts'
import type { MakeReporter } from './reporter.ts'
import { sarif } from './sarif.ts'
import { tap } from './tap.ts'
import { text } from './text.ts'

/** Every format of a report, by the name that `--format` takes. */
export const reporters = {
  text,
  compact,
  json,
  jsonl,
  sarif,
  github,
  gitlab,
  junit,
  checkstyle,
  tap,
} satisfies { readonly [format: string]: MakeReporter }

export type Format = keyof typeof reporters

export const formats = Object.keys(reporters) as readonly Format[]
