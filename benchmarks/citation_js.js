// One measurement of citation-js for conversion.py: prints seconds and entries.
const fs = require('fs')
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-bibtex')
require('@citation-js/plugin-csl')

const text = fs.readFileSync(process.argv[2], 'utf8')
const started = process.hrtime.bigint()
// Without generateGraph: false it keeps the whole input beside each entry, and takes minutes.
const cite = new Cite(text, { generateGraph: false })
const written = JSON.stringify(cite.format('data', { format: 'object' }))
const seconds = Number(process.hrtime.bigint() - started) / 1e9
const megabytes = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ seconds, entries: JSON.parse(written).length, megabytes }))
