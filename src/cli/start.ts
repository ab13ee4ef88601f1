#!/usr/bin/env node
import { loadCompiled } from './compiled.ts'
import { compiledFile } from './compiled-file.ts'

loadCompiled(import.meta.dirname, 'main.cjs', compiledFile(process.argv[2]))
