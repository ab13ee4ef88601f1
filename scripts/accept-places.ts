import { writeFileSync } from 'node:fs'
import { examples, placesFile, placesOf } from '../tests/lint/examples.ts'

/** Writes down where the finding of each rule's example stands: the only way it is. Read what changed before you commit. */
const lines: string[] = []
for (const [code, example] of examples) lines.push(`${code} ${await placesOf(code, example)}`)
writeFileSync(placesFile, `${lines.sort().join('\n')}\n`)
