/** The HTTP API: what surrounds every request. Each resource is a file of its own. */
import fastify, { LogController } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import helmet from '@fastify/helmet';
import underPressure from '@fastify/under-pressure';
import { serializerCompiler } from 'fastify-type-provider-zod';
import { watchRoutes } from './addresses-served.ts';
import { answerClientError, answerError } from './answer-errors.ts';
import { authorise, identifier } from './authenticate.ts';
import type { Api, ApiDeps } from './deps.ts';
import { defaultLimits } from './limits.ts';
import { followMerges } from './merged-ids.ts';
import { documentation } from './openapi.ts';
import { refuseForeign } from './own-objects.ts';
import { readBodies } from './read-bodies.ts';
import { deskPages } from './desk-pages.ts';
import { limitRates } from './rates.ts';
import { resources } from './resources.ts';
import { refuseOtherOrigins } from './same-origin.ts';
import { compileValidator } from './validation.ts';

/** Ready to `listen`. Several may run side by side: nothing is kept in memory but keys, for seconds, and the counters of rate limits. */
export async function createApp(deps: ApiDeps): Promise<Api> {
  const limits = { ...defaultLimits, ...deps.limits };
  const app: Api = fastify({
    loggerInstance: deps.logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: limits.bodyBytes,
    requestTimeout: limits.requestTimeoutMs,
    http: { headersTimeout: limits.headersTimeoutMs, connectionsCheckingInterval: limits.slowCheckEveryMs },
    keepAliveTimeout: 72_000,
    forceCloseConnections: true,
    return503OnClosing: true,
    trustProxy: (_address, hop) => hop < (deps.trustedProxies ?? 0),
    routerOptions: { maxParamLength: 200, caseSensitive: true, ignoreTrailingSlash: false },
    clientErrorHandler: answerClientError,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(compileValidator);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler(answerError);

  const addresses = watchRoutes(app);
  readBodies(app, limits);
  const identify = identifier({
    db: deps.db,
    publicUrl: deps.publicUrl,
    rememberMs: limits.keysRememberedMs,
    realNow: deps.realNow,
  });
  app.decorateRequest('caller', undefined);
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: strictly } });
  await app.register(underPressure, { maxEventLoopDelay: 2_000, retryAfter: 5 });
  await limitRates(app, limits, identify);
  addresses.refuseOthers();
  app.addHook('onRequest', authorise(identify));
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.caller?.person) refuseOtherOrigins(request, deps.publicUrl);
    done();
  });
  // Whose record it is now, before it is asked whether that is theirs to see.
  followMerges(app, deps.db);
  app.addHook('preHandler', (request) => refuseForeign(deps.db, request));
  await documentation(app);
  if (deps.deskFolder !== null) deskPages(app, deps.deskFolder);
  await app.register((inside, _options, done) => {
    resources(inside.withTypeProvider<ZodTypeProvider>(), deps, identify);
    done();
  });
  return app;
}

/** Nothing of ours is a page but the documentation and the desk, which bring their own, slightly wider, policies. */
const strictly = { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] };
