/** The OpenAPI description, made of the very schemas that validate, and a page to read and try it. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { createJsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { accessTo } from './access.ts';
import type { Api } from './deps.ts';

const about = `Everything the desk, the demo and your own systems do goes through here.

- Send \`Authorization: Bearer rt_…\`. Each operation names the scope its key needs.
- Faults are RFC 9457 problems, and list all that is wrong at once.
- Bodies are strict: nothing is coerced, and a field nobody knows is refused.
- Lists come in pages: ask again with \`after\` set to \`next\` until that is null.`;

export async function documentation(app: Api): Promise<void> {
  const transform = createJsonSchemaTransform({});
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'RightTouch', version: '1', description: about, license: { name: 'Apache-2.0' } },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          apiKey: { type: 'http', scheme: 'bearer', description: 'rt_…' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'righttouch',
            description: 'Of somebody signed in at the desk',
          },
        },
      },
    },
    transform: (document) => {
      const transformed = transform(document);
      const needed = accessTo([document.route.method].flat()[0] ?? 'GET', document.url);
      const isKey = needed !== undefined && needed !== 'open' && needed !== 'signed' && needed !== 'person';
      const description = [transformed.schema.description, isKey && `Scope: \`${needed}\`.`].filter(Boolean).join(' ');
      const session = isKey || needed === 'person' ? [{ session: [] }] : [];
      return {
        ...transformed,
        schema: {
          ...transformed.schema,
          ...(description && { description }),
          security: [...(isKey ? [{ apiKey: [] }] : []), ...session],
        },
      };
    },
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
    ].join('; '),
    theme: {
      title: 'RightTouch API',
      css: [{ filename: 'plain.css', content: '.swagger-ui .topbar { display: none }' }],
    },
    uiConfig: { docExpansion: 'list', persistAuthorization: false },
  });
}
