import { base } from './base';

const routes = base.imports;

export const imports = {
  read: routes.read.handler(({ context, signal }) => context.imports.read(signal)),
  handed: routes.handed.handler(({ context }) => context.imports.handed()),
  readHanded: routes.readHanded.handler(({ context, signal }) =>
    context.imports.readHanded(signal),
  ),
  write: routes.write.handler(({ context, input, signal }) =>
    context.imports.write(input.id, input.known, signal),
  ),
  forget: routes.forget.handler(({ context, input }) => context.imports.forget(input.id)),
  undo: routes.undo.handler(({ context, input }) => context.imports.undo(input.id)),
};
