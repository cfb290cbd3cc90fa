/** One configuration for all vitest layers. The suites inside VS Code have their own runner. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Machines are shared: a test that hangs is told apart from one that waits its turn.
    testTimeout: 120_000,
    include: ['engine/src/**/*.test.ts', 'cli/src/**/*.test.ts', 'scripts/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/host/**', 'test/workbench/**', 'test/bench/**', '**/node_modules/**'],
    coverage: {
      provider: 'v8',
      include: ['engine/src/**/*.ts'],
      exclude: ['**/*.test.ts', '**/*.gen.ts', '**/*.d.json.ts'],
      thresholds: { lines: 97, branches: 91 },
      reporter: ['text-summary'],
    },
  },
});
