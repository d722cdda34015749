// One measurement of citation-js for conversion.py: prints times, entries, memory.
const fs = require('fs')
const { Cite } = require('@citation-js/core')
require('@citation-js/plugin-bibtex')
require('@citation-js/plugin-csl')

const text = fs.readFileSync(process.argv[2], 'utf8')
const started = process.hrtime.bigint()
const used = process.cpuUsage()
// Without generateGraph: false it keeps the whole input beside each entry, and takes minutes.
const cite = new Cite(text, { generateGraph: false })
const written = JSON.stringify(cite.format('data', { format: 'object' }))
const seconds = Number(process.hrtime.bigint() - started) / 1e9
const { user, system } = process.cpuUsage(used) // of all its threads
const cpu = (user + system) / 1e6
const megabytes = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ seconds, cpu, entries: JSON.parse(written).length, megabytes }))
