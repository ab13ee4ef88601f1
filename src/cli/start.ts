#!/usr/bin/env node
import { loadCompiled } from './compiled.ts'
import { compiledFile } from './compiled-file.ts'
import { setUpEngine } from './engine.ts'

setUpEngine(process.argv[2])
loadCompiled(import.meta.dirname, 'main.cjs', compiledFile(process.argv[2]))
