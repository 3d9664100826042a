import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

/** The dashboard as a handful of files, all of its own: it works without a network, and under a policy that allows no inline script. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // light-dark() stands in the style sheet as it is: browsers have it since 2024.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // No inline script stands in the page, and nothing is inlined as data that the policy would have to allow.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  logLevel: 'warn',
})
