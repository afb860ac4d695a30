/** Every problem's `type` is an address that explains it. */
import { z } from 'zod';
import type { Api } from './deps.ts';
import { Problem, problems, type ProblemCode } from './problems.ts';
import { refusals } from './shapes.ts';

const codes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

export function problemPages(app: Api): void {
  app.route({
    method: 'GET',
    url: '/problems/:code',
    schema: {
      tags: ['about'],
      summary: 'What a problem means',
      operationId: 'explainProblem',
      params: z.strictObject({ code: z.string().max(60) }),
      response: {
        200: z.object({
          code: z.enum(codes),
          status: z.number().int(),
          title: z.string(),
          mend: z.string().describe('What to do about it'),
        }),
        ...refusals(404),
      },
    },
    handler: (request) => {
      const code = codes.find((known) => known === request.params.code);
      if (code === undefined) throw new Problem('not-found', `No problem has the code '${request.params.code}'.`);
      const [status, title, mend] = problems[code];
      return { code, status, title, mend };
    },
  });
  app.route({
    method: 'GET',
    url: '/openapi.json',
    schema: {
      tags: ['about'],
      summary: 'This description',
      operationId: 'describe',
      response: { 200: z.looseObject({ openapi: z.string() }), ...refusals() },
    },
    handler: () => app.swagger() as unknown as { openapi: string }, // The plugin's type is a union that has no version in common.
  });
}
