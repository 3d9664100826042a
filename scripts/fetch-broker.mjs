#!/usr/bin/env node
// Brings Apache Kafka for the tests of streams: its Maven artefacts, run by Java. Users bring their own broker.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The last of the third series, which still has the old protocol versions, and one of the fourth, which has not (KIP-896). */
const VERSIONS = ['3.9.1', '4.1.1']
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies'
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const cache = join(root, '.cache', 'kafka')

const pom = (version) => `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>wakeful</groupId><artifactId>broker</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${version}</version></dependency>
    <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-simple</artifactId><version>1.7.36</version></dependency>
  </dependencies>
</project>
`

/** Says what to do where a program is missing. */
function demand(program, args, sentence) {
  if (spawnSync(program, args, { stdio: 'ignore' }).status === 0) return
  process.stderr.write(`wakeful: ${sentence}\n`)
  process.exit(1)
}

function fetchVersion(version) {
  const folder = join(cache, version)
  if (existsSync(folder)) {
    process.stderr.write(`wakeful: Apache Kafka ${version} is there.\n`)
    return
  }
  process.stderr.write(`wakeful: fetching Apache Kafka ${version} with Maven (about 45 MB)\n`)
  const part = `${folder}.part`
  rmSync(part, { recursive: true, force: true })
  mkdirSync(part, { recursive: true })
  writeFileSync(join(part, 'pom.xml'), pom(version))
  const args = [
    '-q',
    '-B',
    '-f',
    join(part, 'pom.xml'),
    PLUGIN,
    '-DincludeScope=runtime',
    `-DoutputDirectory=${join(part, 'libs')}`,
  ]
  const { status } = spawnSync('mvn', args, { stdio: ['ignore', process.stderr, process.stderr] })
  if (status !== 0) {
    rmSync(part, { recursive: true, force: true })
    process.stderr.write(
      `wakeful: Apache Kafka ${version} could not be fetched; look at what Maven says above, and try again.\n`,
    )
    process.exit(1)
  }
  renameSync(part, folder)
}

demand(
  'java',
  ['-version'],
  'a broker needs Java 17 or later: install a Java runtime (Debian: openjdk-17-jre-headless) and try again.',
)
demand('mvn', ['-version'], 'Apache Kafka is fetched with Maven: install it (Debian: maven) and try again.')
for (const version of process.argv.length > 2 ? process.argv.slice(2) : VERSIONS) fetchVersion(version)
