import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Imports go one way: contract <- engine <- host <- shells; the renderer sees the contract only. */
const zones = [
  { target: './src-main/contract', from: './src-main', except: ['./contract'] },
  { target: './src-main/engine', from: './src-main', except: ['./contract', './engine'] },
  { target: './src-main/host', from: './src-main/shells' },
  { target: './src-main/shells', from: './src-main/engine' },
  { target: './src-main/shells/electron', from: './src-main/shells', except: ['./electron'] },
  { target: './src-renderer', from: './src-main', except: ['./contract'] },
  { target: './src-main', from: ['./src-renderer', './test', './scripts'] },
  { target: './src-renderer', from: ['./test', './scripts'] },
  // Pure mathematics: typed arrays in, typed arrays out.
  {
    target: './src-main/engine/similarity',
    from: './src-main/engine',
    except: [
      './similarity',
      './imaging/image.ts',
      './imaging/photo-facts.ts',
      './store/store.ts',
      // Local features, their mirrored codes and boxes are typed arrays too; who extracts them is not asked.
      ...['code-variants', 'content-boxes', 'input', 'local-features', 'parameters'].map(
        (file) => `./features/${file}.ts`,
      ),
    ],
  },
  {
    target: './src-main/engine/store',
    from: './src-main/engine',
    except: [
      './store',
      // What is stored of a photo, and how local features are packed.
      './imaging/photo-facts.ts',
      ...['content-boxes', 'local-features-codec'].map((file) => `./features/${file}.ts`),
      ...['grey-pyramid', 'verifiable-photo'].map((file) => `./similarity/verification/${file}.ts`),
    ],
  },
];

const nodeOnly = ['node:*', 'better-sqlite3', 'sharp', 'electron', 'piscina', '@tensorflow/*', 'usearch'];

export default tseslint.config(
  // AssemblyScript is checked by its own compiler.
  { ignores: ['out/', 'dist/', 'node_modules/', '.setup/', 'assets/', 'src-main/engine/**/wasm/'] },
  js.configs.recommended,
  { languageOptions: { globals: { ...globals.node } } },
  {
    files: ['**/*.ts', '**/*.svelte', '**/*.svelte.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.config.ts'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.svelte'],
      },
    },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['src-main/contract/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { patterns: nodeOnly }] },
  },
  {
    files: ['src-main/engine/similarity/**/*.ts'],
    rules: {
      'no-restricted-imports': ['error', { patterns: nodeOnly.filter((name) => name !== 'usearch') }],
    },
  },
  { files: ['src-renderer/**'], languageOptions: { globals: { ...globals.browser } } },
  {
    files: ['src-renderer/**/*.svelte', '**/*.svelte.ts'],
    extends: [svelte.configs.recommended],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    // Lists and maps of state are replaced as a whole ($state.raw), never changed in place.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    // What one component imports from another is `any` to this parser; svelte-check knows its type.
    files: ['src-renderer/**/*.svelte'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines': 'off' },
  },
);
