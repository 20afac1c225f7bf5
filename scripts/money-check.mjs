/**
 * Money is a bigint, and a bigint that becomes a number is rounded without a word. This finds every place
 * where one does: `Number(cost)`, `parseFloat(usdText(cost))`, `Number(cost / 1000n)` and the like. Only
 * what was divided by another amount may become a number: a share is no money any more. `npm run check`
 * runs it over the sources.
 */
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { root } from './project.mjs';

/** What makes a number of whatever it is given. */
const CONVERSIONS = new Set([
  'Number',
  'parseFloat',
  'parseInt',
  'Number.parseFloat',
  'Number.parseInt',
]);

/**
 * @param {ts.Program} program
 * @param {(path: string) => boolean} isOurs
 * @returns {{ path: string, line: number, text: string }[]}
 */
export function findRoundedMoney(program, isOurs) {
  const checker = program.getTypeChecker();
  const found = [];
  for (const source of program.getSourceFiles()) {
    if (!isOurs(source.fileName)) continue;
    const visit = (node) => {
      if (ts.isCallExpression(node) && CONVERSIONS.has(node.expression.getText(source))) {
        if (node.arguments.some((argument) => isMoney(checker, argument))) {
          const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
          found.push({ path: source.fileName, line: line + 1, text: node.getText(source) });
        }
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** Whether a bigint is in an expression, itself or as text, and was not divided by another. */
function isMoney(checker, node) {
  if (ts.isParenthesizedExpression(node)) return isMoney(checker, node.expression);
  if (isShare(checker, node)) return false;
  if (ts.isExpression(node)) {
    const type = checker.getTypeAtLocation(node);
    // Two that are compared make no number of them.
    if (isBoolean(type)) return false;
    if (isBigint(type)) return true;
  }
  return ts.forEachChild(node, (child) => isMoney(checker, child)) ?? false;
}

/** One amount in parts of another, which is not written out. */
function isShare(checker, node) {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.SlashToken) {
    return false;
  }
  return isBigint(checker.getTypeAtLocation(node.right));
}

function isBoolean(type) {
  const parts = type.isUnion() ? type.types : [type];
  return parts.every(({ flags }) => flags & ts.TypeFlags.BooleanLike);
}

/**
 * A bigint, branded or not, or nothing. A number that is written out is no amount, and what may be a number
 * as well is none of ours: SQLite's ids.
 */
function isBigint(type) {
  if (type.isIntersection()) return type.types.some(isBigint);
  if (!type.isUnion()) return (type.flags & ts.TypeFlags.BigInt) !== 0;
  const nothing = ts.TypeFlags.Null | ts.TypeFlags.Undefined;
  const parts = type.types.filter(({ flags }) => !(flags & nothing));
  return parts.length > 0 && parts.every(isBigint);
}

/** Everything that is shipped, as one program: the page and main share most of it. */
function shippedProgram() {
  const options = {
    ...ts.readConfigFile('tsconfig.base.json', ts.sys.readFile).config.compilerOptions,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    jsx: ts.JsxEmit.ReactJSX,
    types: ['node'],
    noEmit: true,
    skipLibCheck: true,
    composite: false,
    incremental: false,
  };
  const files = ts.sys.readDirectory(root, ['.ts', '.tsx'], undefined, [
    'shared/**/*',
    'electron/**/*',
    'renderer/**/*',
  ]);
  return ts.createProgram(files, options);
}

/**
 * Where a bigint has to become a number because a library takes nothing else. The file itself refuses what
 * would be rounded, and a test shows that it does.
 */
const EXACT_OR_REFUSED = new Set(['electron/telemetry/integer.ts']);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const isOurs = (path) => {
    const at = relative(root, path);
    if (EXACT_OR_REFUSED.has(at.replaceAll('\\', '/'))) return false;
    // The simulator is a server: its money is that of a play.
    return /^(shared|electron|renderer)[/\\](?!simulator)/.test(at);
  };
  const found = findRoundedMoney(shippedProgram(), isOurs);
  for (const { path, line, text } of found) {
    console.error(`${relative(root, path)}:${line}: ${text} makes a number of a bigint`);
  }
  process.exitCode = found.length === 0 ? 0 : 1;
}
