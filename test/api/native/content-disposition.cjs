// jest cannot `require` an ES module, which @fastify/static does and Node itself can: so Node does it.
const { createRequire } = process.getBuiltinModule('node:module');
module.exports = createRequire(process.cwd() + '/')('content-disposition');
