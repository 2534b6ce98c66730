import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** The import direction of the rooms (docs/architecture.md): core ← host ← server, cli; extension → server/protocol only. */
const room = (folder, patterns) => ({
  files: [`src/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': ['error', { patterns: patterns.map(([group, message]) => ({ group, message })) }],
  },
});
const noVscode = [['vscode'], 'only src/extension may import vscode'];
const noNode = [['node:*', 'fs', 'path', 'os', 'child_process'], 'only a Node entry may import Node modules'];

export default tseslint.config(
  { ignores: ['dist/', 'out/', 'node_modules/', '.vscode-test/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'max-lines': ['error', { max: 600, skipComments: true, skipBlankLines: true }],
      'no-console': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      eqeqeq: 'error',
      'prefer-const': 'error',
    },
  },
  room('core', [
    noVscode,
    noNode,
    [['**/server/**', '**/cli/**', '**/extension/**', '**/host/**'], 'core imports nothing from the other rooms'],
  ]),
  room('host', [noVscode, [['**/server/**', '**/cli/**', '**/extension/**'], 'host imports core only']]),
  room('server', [noVscode, [['**/cli/**', '**/extension/**'], 'server imports core only']]),
  room('cli', [noVscode, [['**/server/**', '**/extension/**'], 'cli imports core only']]),
  room('extension', [
    [['**/core/**', '**/cli/**', '**/host/**'], 'extension talks to the server through src/server/protocol.ts'],
    [['**/server/*', '!**/server/protocol'], 'extension talks to the server through src/server/protocol.ts'],
  ]),
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Tests take sessions and windows apart and look into what may be missing.
      '@typescript-eslint/unbound-method': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      'no-console': 'off',
    },
  },
  {
    files: ['**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: { projectService: false },
      globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly', fetch: 'readonly', TextEncoder: 'readonly', TextDecoder: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', performance: 'readonly', globalThis: 'readonly' },
    },
    rules: { ...tseslint.configs.disableTypeChecked.rules, 'no-console': 'off' },
  },
);
