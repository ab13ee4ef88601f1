#!/usr/bin/env node
import { createRequire } from 'node:module'

/** The name that the command line had while it was an ES module (`dist/cli/main.js`): scripts that start it go on. */
createRequire(import.meta.url)('./domxml.cjs')
