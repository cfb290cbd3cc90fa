/** Lint: strict type-checked rules, and the table of layers that the compiler cannot see. */
import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import * as regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

/** Folders of the engine from the innermost outwards; each may import those before it. */
const layers = [
  'text',
  'tree',
  'catalog',
  'syntax',
  'hosts',
  'policy',
  'shape',
  'evaluate',
  'rules',
  'insertions',
  'features',
];

/** What a layer may not import although it comes before: hosts and policy meet only in features/. */
const apart = {
  policy: ['syntax', 'hosts'],
  rules: ['syntax', 'hosts'],
  evaluate: ['syntax', 'hosts'],
  catalog: ['tree'],
};

const layerRules = layers.map((layer, index) => {
  const banned = [...layers.slice(index + 1), ...(apart[layer] ?? [])];
  return {
    files: [`engine/src/${layer}/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            ...banned.map((name) => ({
              group: [`**/${name}/*.ts`, `!**/${layer}/*.ts`],
              message: `engine/src/${layer} may not know engine/src/${name}.`,
            })),
            {
              group: ['vscode*', 'node:*'],
              message: 'The engine is a function of text: no editor, protocol or Node.',
            },
          ],
        },
      ],
    },
  };
});

const past = { regex: '(?:^|/)engine/src/', message: 'Import the façade, #engine.' };
const lsp = { group: ['vscode*'], message: 'The protocol belongs to server/ and client/.' };

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'coverage/',
      'node_modules/',
      '.vscode-test/',
      '**/*.gen.ts',
      '**/*.d.json.ts',
      'test/**/dist/',
      '**/*.mjs',
    ],
  },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  comments.recommended,
  regexp.configs.recommended,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] } } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@eslint-community/eslint-comments/require-description': 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-warning-comments': 'error',
    },
  },
  {
    files: [
      'engine/src/**/*.ts',
      'server/src/**/*.ts',
      'client/src/**/*.ts',
      'cli/src/**/*.ts',
      'scripts/**/*.ts',
    ],
    ignores: ['**/*.test.ts'],
    rules: {
      'max-lines': ['error', { max: 300, skipBlankLines: false }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-depth': ['error', 3],
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true } }],
    },
  },
  {
    files: ['engine/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      'no-restricted-globals': [
        'error',
        'fetch',
        'process',
        'window',
        'document',
        'setTimeout',
        'Date',
        'crypto',
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ClassDeclaration, ClassExpression',
          message: 'Functions over plain data; no classes in the engine.',
        },
        {
          selector: 'Program > VariableDeclaration[kind!="const"]',
          message: 'No mutable state at module level.',
        },
        { selector: 'Decorator, TSEnumDeclaration', message: 'No decorators, no enums.' },
        {
          selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]',
          message: 'The engine is pure.',
        },
      ],
    },
  },
  ...layerRules,
  {
    files: ['server/src/**/*.ts', 'cli/src/**/*.ts', 'client/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [past] }] },
  },
  {
    files: ['cli/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: [past, lsp] }], 'no-console': 'off' },
  },
  { files: ['scripts/**/*.ts', 'test/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['**/*.js'], extends: [tseslint.configs.disableTypeChecked] },
);
