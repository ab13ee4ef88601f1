import { capabilityFileSchema } from '../src/capabilities/file.ts'
import { hostFileSchema } from '../src/host/file.ts'
import { writeGenerated } from './generated.ts'

/** The JSON Schemas that are published with the package. */
const schemas: Readonly<Record<string, object>> = {
  capabilities: capabilityFileSchema,
  host: hostFileSchema,
}

writeGenerated(
  'gen:schemas',
  Object.entries(schemas).map(([name, schema]) => ({
    path: `schemas/${name}.schema.json`,
    text: `${JSON.stringify(schema, null, 2)}\n`,
  })),
)
