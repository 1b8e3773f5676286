import { parseSync, Visitor } from 'vite';

/** Stands for a module whose name is only made at run time. */
export const UNKNOWN_MODULE = '?';

/** Calls by which a module is loaded past `require` and `import`. */
const OTHER_LOADERS = new Set(['createRequire', 'dlopen', '_load']);

/**
 * What a JavaScript file loads: the names in its imports and in calls of `require`, in no order, repeats included.
 * {@link UNKNOWN_MODULE} for a name that is no literal.
 * @param file its name, for the kind of module (.js, .cjs) and for messages
 * @throws Error when it can't be parsed
 */
export function moduleNames(code: string, file: string): string[] {
  const { program, errors, module } = parseSync(file, code);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file}: ${error.message}`);
  const names = module.staticImports.map(({ moduleRequest }) => moduleRequest.value);
  new Visitor({
    CallExpression: ({ callee, arguments: [first] }) => {
      if (callee.type === 'Identifier' && callee.name === 'require') names.push(nameIn(first));
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (OTHER_LOADERS.has(callee.property.name)) names.push(UNKNOWN_MODULE);
    },
    ImportExpression: ({ source }) => {
      names.push(nameIn(source));
    },
  }).visit(program);
  return names;
}

function nameIn(node: { type: string } | undefined): string {
  return node?.type === 'Literal' && 'value' in node && typeof node.value === 'string'
    ? node.value
    : UNKNOWN_MODULE;
}
