import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { cases, goldenPath, pictures } from '../tests/topology/cases.ts'

/** `npm run accept-topology -- CASE…`: writes the goldens of these cases (all where none is named). Read what it wrote. */
const wanted = process.argv.slice(2)
for (const one of cases) {
  if (wanted.length > 0 && !wanted.includes(one.name)) continue
  for (const [ending, text] of Object.entries(await pictures(one))) {
    const path = goldenPath(one.name, ending)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    console.log(path)
  }
}
