import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from '@jest/globals';
import ts from 'typescript';

const at = (file: string): string => fileURLToPath(new URL(`../../types/${file}`, import.meta.url));
let diagnostics: readonly ts.Diagnostic[];

beforeAll(() => {
  const read = ts.readConfigFile(at('tsconfig.json'), (path) => readFileSync(path, 'utf8'));
  const { options, fileNames } = ts.parseJsonConfigFileContent(read.config, ts.sys, at(''));
  const program = ts.createProgram([...fileNames, at('mistakes.ts')], options);
  diagnostics = ts.getPreEmitDiagnostics(program);
}, 60_000);

const place = ({ file, start = 0 }: ts.Diagnostic): string => {
  const { line, character } = file!.getLineAndCharacterOfPosition(start);
  return `${String(line + 1)}:${String(character + 1)}`;
};
const within = (name: string): readonly ts.Diagnostic[] =>
  diagnostics.filter(({ file }) => file !== undefined && basename(file.fileName) === name);

test('what must not compile does not, and what stands beside it does', () => {
  const elsewhere = diagnostics.filter((d) => !within('mistakes.ts').includes(d));
  const told = elsewhere.map(
    (d) => `${d.file?.fileName ?? ''}:${place(d)} ${ts.flattenDiagnosticMessageText(d.messageText, ' ')}`,
  );
  expect(told).toEqual([]);
});

test('the commonest mistakes are answered on the word that is wrong, in the sentences we wrote', () => {
  const said = within('mistakes.ts').map((diagnostic) => {
    const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n').split('\n')[0] ?? '';
    const [, expected, meant] =
      /to (?:type|parameter of type) '(.*?)'\.(?: Did you mean '(.*)'\?)?$/.exec(message) ?? [];
    return `${place(diagnostic)} ${expected ?? message}${meant === undefined ? '' : ` → did you mean '${meant}'?`}`;
  });
  expect(said.join('\n')).toBe(readFileSync(at('mistakes.expected.txt'), 'utf8').trim());
});
