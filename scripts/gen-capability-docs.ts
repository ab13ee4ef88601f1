import { allBuiltin } from '../src/capabilities/builds.ts'
import { capabilitiesMarkdown } from '../src/capabilities/markdown.ts'
import { writeGenerated } from './generated.ts'

writeGenerated('gen:capability-docs', [
  { path: 'docs/capabilities.md', text: capabilitiesMarkdown(await allBuiltin()) },
])
