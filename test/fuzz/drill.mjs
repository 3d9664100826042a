// npm run fuzz -- [--inputs N] [--seed N] [--target NAME] [--replay FILE]
// The decoders are TypeScript, which Node 20 cannot run: vite, which the tests run on too, turns it into JavaScript.
import { fileURLToPath } from 'node:url'
import { createViteServer } from 'vitest/node'

const server = await createViteServer({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  optimizeDeps: { noDiscovery: true, include: [] },
  server: { middlewareMode: true, watch: null, hmr: false, ws: false },
})
const { drill } = await server.ssrLoadModule('/test/fuzz/drill.ts')
process.exitCode = await drill(process.argv.slice(2))
await server.close()
