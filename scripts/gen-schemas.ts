import { capabilityFileSchema } from '../src/capabilities/file.ts'
import { jsonSchema } from '../src/codec/json-schema.ts'
import { domain } from '../src/definition.ts'
import { hostFileSchema } from '../src/host/file.ts'
import { launchSchema } from '../src/launch/schema.ts'
import { baselineSchema } from '../src/lint/baseline.ts'
import { lintReportSchema } from '../src/lint/report-schema.ts'
import { configSchema } from '../src/lint/settings/config.ts'
import { vfioReportSchema } from '../src/vfio/preflight/report.ts'
import { tokenReportSchema } from '../src/vfio/token-new/report.ts'
import { writeGenerated } from './generated.ts'

/** The JSON Schemas that are published with the package. */
const schemas: Readonly<Record<string, object>> = {
  capabilities: capabilityFileSchema,
  host: hostFileSchema,
  launch: launchSchema,
  domain: jsonSchema(domain, 'domxml:domain'),
  config: configSchema,
  'lint-report': lintReportSchema,
  'lint-baseline': baselineSchema,
  'vfio-report': vfioReportSchema,
  'vfio-token-report': tokenReportSchema,
}

writeGenerated(
  'gen:schemas',
  Object.entries(schemas).map(([name, schema]) => ({
    path: `schemas/${name}.schema.json`,
    text: `${JSON.stringify(schema, null, 2)}\n`,
  })),
)
