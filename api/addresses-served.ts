/** Which addresses there are, so that a wrong method is told apart from a wrong address. */
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { accessTo } from './access.ts';
import { Problem } from './problems.ts';

/** Watches routes as they are registered. One without a line in `access` stops the start. */
export function watchRoutes(app: FastifyInstance): { refuseOthers(): void } {
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', (route: RouteOptions) => {
    for (const method of [route.method].flat()) {
      if (accessTo(method, route.url) === undefined) {
        throw new Error(
          `Route '${method} ${route.url}' has no line in api/access.ts: say which scope it wants, or 'open'`,
        );
      }
      methods.set(route.url, (methods.get(route.url) ?? new Set()).add(method));
    }
  });

  function refuse(request: FastifyRequest, reply: FastifyReply): never {
    const allowed = methodsOf(request.url.split('?')[0] ?? '', methods);
    if (allowed.length === 0) throw new Problem('no-such-route', 'There is nothing at this address. See /docs.');
    reply.header('allow', allowed.join(', '));
    throw new Problem('method-not-allowed', `This address answers ${allowed.join(', ')}, and not ${request.method}.`);
  }
  app.setNotFoundHandler(refuse);
  return {
    /** Before a body is read, which would be refused for what it is. */
    refuseOthers() {
      app.addHook('onRequest', (request, reply, done) => {
        if (request.is404) refuse(request, reply);
        done();
      });
    },
  };
}

function methodsOf(path: string, methods: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  const found = new Set<string>();
  for (const [pattern, some] of methods) if (fits(pattern, path)) for (const method of some) found.add(method);
  return [...found].sort();
}

function fits(pattern: string, path: string): boolean {
  const wanted = pattern.split('/');
  const parts = path.split('/');
  return (
    wanted.length === parts.length &&
    wanted.every((part, i) => (part.startsWith(':') ? parts[i] !== '' : part === parts[i]))
  );
}
