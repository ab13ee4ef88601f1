import { accessSync, constants, statSync } from 'node:fs'
import { join } from 'node:path'
import { helperFolders } from '../../launch/programs.ts'

/** The file of a program: a path as it stands, a name by PATH and the folders of helpers. */
export function findProgram(name: string, path = process.env.PATH ?? ''): string | undefined {
  if (name.includes('/')) return isExecutable(name) ? name : undefined
  const folders = [...path.split(':').filter((it) => it.startsWith('/')), ...helperFolders]
  return folders.map((folder) => join(folder, name)).find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
