// biome-ignore-all lint/suspicious/noVar: this file must parse on Nodes from before 2015
// biome-ignore-all lint/style/useNodejsImportProtocol: those Nodes do not know `node:`
// biome-ignore-all lint/style/useTemplate: nor template literals
'use strict'

// What `npm start` and `npm test` run. An old Node must get one sentence instead of a syntax error, so this file keeps
// to ECMAScript 5 and everything newer lies in setup/, which is read only past the gate.
var have = process.versions.node
var major = Number(have.split('.')[0])
var minor = Number(have.split('.')[1])
var where = 'install it from https://nodejs.org/en/download and run the same command again.\n'

if (major < 20 || (major === 20 && minor < 19)) {
  // writeSync, not process.stderr.write: on Windows a pipe is written later, and exit would cut the sentence off.
  require('fs').writeSync(2, 'wakeful needs Node 20.19 or newer, and this is Node ' + have + ': ' + where)
  process.exit(1)
} else {
  require('./setup/main.cjs').main(process.argv.slice(2))
}
