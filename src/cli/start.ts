#!/usr/bin/env node
import { compiledFolder, loadCompiled } from './compiled.ts'

loadCompiled(import.meta.dirname, 'main.cjs', compiledFolder(process.argv[2]))
