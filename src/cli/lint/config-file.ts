import { basename, relative } from 'node:path'
import { hasErrors } from '../../diagnostic/diagnostic.ts'
import { unread } from '../../lint/inspect.ts'
import { type ConfigLanguage, readConfig } from '../../lint/settings/config.ts'
import { unknownCodes } from '../../lint/settings/unknown-codes.ts'
import { readText } from '../read-up-to.ts'
import { reportText, wantsColour } from '../report.ts'
import { UsageError } from '../status.ts'
import type { ReadConfigFile } from './found-config.ts'

/** Reads a configuration on disk; throws where it cannot be used. */
export const readConfigFile: ReadConfigFile = (path) => {
  let text: string
  try {
    text = readText(path)
  } catch {
    throw new UsageError(`${path}: the configuration cannot be read`)
  }
  const { value, places, diagnostics } = readConfig(text, languageOf(path))
  if (value !== undefined && !hasErrors(diagnostics)) {
    const found = unknownCodes(value, places)
    return { config: value, findings: found.length > 0 ? unread(relative('', path), text, found) : undefined }
  }
  throw new UsageError(reportText({ name: path, text, diagnostics, secrets: [] }, wantsColour(process.stderr)))
}

function languageOf(path: string): ConfigLanguage {
  if (basename(path) === 'package.json') return 'package.json'
  return path.endsWith('.json') ? 'json' : 'yaml'
}
