import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const rawSql = {
  // `sql.raw('for update')` is a constant; `sql.raw(text)` and `sql.raw(`… ${text}`)` are how injections begin.
  selector:
    "CallExpression[callee.object.name='sql'][callee.property.name='raw']:not(:has(> Literal.arguments)):not(:has(> TemplateLiteral.arguments[expressions.length=0]))",
  message: 'Text that is not a constant must not become SQL: use a parameter, sql.ref or sql.id.',
};

export default defineConfig(
  globalIgnores(['dist/', '.righttouch/', 'coverage/', 'test/types/']),
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './desk/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      'no-restricted-syntax': ['error', rawSql],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // process.env['NAME'] is what noPropertyAccessFromIndexSignature asks for.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
    },
  },
  {
    // What a workflow replays must be the same every time: nothing here may ask a clock or a dice.
    files: ['core/**/*.ts', 'workflows/**/*.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Randomness is an argument.' },
        { object: 'performance', property: 'now', message: '`now` is an argument.' },
      ],
      'no-restricted-globals': ['error', 'process', 'setTimeout', 'setInterval', 'fetch', 'crypto'],
    },
  },
  {
    files: ['core/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        rawSql,
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: '`now` is an argument.',
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: '`now` is an argument.' },
      ],
    },
  },
  {
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: {
      // A test may say that what it reads is there: it fails if it is not.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Our own kits and engines are taken apart where they are used; none of them knows a `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['desk/**/*.ts', 'desk/**/*.tsx'],
    extends: [reactHooks.configs.flat.recommended],
    // We do not run the compiler that this is about.
    rules: { 'react-hooks/incompatible-library': 'off' },
  },
  {
    // Answers of the API are of the type that the address has: the server holds each against its schema.
    files: ['desk/ask.ts'],
    rules: { '@typescript-eslint/no-unnecessary-type-parameters': 'off' },
  },
  {
    files: ['journeys/**/*.ts'],
    rules: {
      // The verbs are methods of an interface because only so do they keep their documentation; they know no `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        module: 'writable',
        URL: 'readonly',
        SharedArrayBuffer: 'readonly',
      },
    },
  },
);
