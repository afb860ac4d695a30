/** JSON is the only kind of body, read by our own reader. Webhooks that come as forms bring their own, where they are. */
import type { Api } from './deps.ts';
import { readJson, storable, unstorable } from './json-body.ts';
import type { Limits } from './limits.ts';
import { Problem } from './problems.ts';

export function readBodies(app: Api, limits: Limits): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (_request, text, done) => {
    try {
      // Nothing at all is told by the schema, which knows what is missing.
      done(null, text === '' ? undefined : readJson(text, limits.bodyDepth));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  app.addHook('preValidation', (request, _reply, done) => {
    const faults = [
      ...Object.entries(request.params as Record<string, unknown>).map(
        ([key, value]) => [`path.${key}`, value] as const,
      ),
      ...Object.entries(request.query as Record<string, unknown>).map(
        ([key, value]) => [`query.${key}`, value] as const,
      ),
    ].flatMap(([field, value]) =>
      storable(`${field}${String(value)}`) ? [] : [unstorable(field.replaceAll('\0', ''))],
    );
    done(
      faults.length > 0
        ? new Problem('invalid-request', 'The address has characters that are never taken.', faults)
        : undefined,
    );
  });
}
