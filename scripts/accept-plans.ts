import { writeFileSync } from 'node:fs'
import { goldenOf, planCases, planText } from '../tests/launch/plan-goldens.ts'

/** Writes the golden plans: the only way one is written. Read what changed before you commit. */
for (const [name, who] of planCases) writeFileSync(goldenOf(name, who), await planText(name, who))
