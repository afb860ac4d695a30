// See content-disposition.cjs: this one is required by Fastify's `inject`.
const { createRequire } = process.getBuiltinModule('node:module');
module.exports = createRequire(process.cwd() + '/')('cookie');
