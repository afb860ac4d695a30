// What the package needs beyond a build: types as declarations, so that a designer's compiler never reads our sources, and no
// parts of earlier builds. Run by `npm pack` and `npm publish`.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
rmSync(join(root, 'dist'), { recursive: true, force: true });
await import('./build.mjs');

const types = join(root, 'dist', 'types');
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => readFileSync(file, 'utf8'));
const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, root);
const program = ts.createProgram([join(root, 'righttouch.ts'), join(root, 'test-kit', 'test.ts')], {
  ...options,
  noEmit: false,
  declaration: true,
  emitDeclarationOnly: true,
  rootDir: root,
  outDir: types,
});
const { diagnostics } = program.emit();
if (diagnostics.length > 0) {
  console.error(ts.formatDiagnostics(diagnostics, { ...ts.createCompilerHost(options), getNewLine: () => '\n' }));
  process.exit(1);
}

// Only whoever allows it may import a '.ts'; a '.js' beside a declaration is for everybody.
for (const name of readdirSync(types, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'))) {
  const file = join(types, name);
  writeFileSync(file, readFileSync(file, 'utf8').replace(/((?:from|import\() ?['"]\.[^'"]*)\.ts(['"])/g, '$1.js$2'));
}
