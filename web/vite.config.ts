import {svelte} from '@sveltejs/vite-plugin-svelte';
import {defineConfig} from 'vitest/config';
import {serviceWorker} from './scripts/service_worker.mjs';

export default defineConfig({
  plugins: [
    svelte({
      onwarn(warning) {
        // Accessibility warnings of the compiler are faults here, and so are all others.
        throw new Error(`${warning.filename}: ${warning.code}: ${warning.message}`);
      },
    }),
    serviceWorker(),
  ],
  build: {
    outDir: '../build/web',
    emptyOutDir: true,
    target: 'es2022',
    // The content security policy allows neither inline scripts nor inline styles.
    modulePreload: {polyfill: false},
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  // Tests read the style sheets as text.
  test: {css: true, include: ['tests/**/*.test.ts'], testTimeout: 60_000},
  server: {proxy: {'/api': 'http://127.0.0.1:8080'}, fs: {allow: ['..']}},
});
