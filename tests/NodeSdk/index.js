// Calls the official SDKs for the unit tests: one JSON line in is one call, one JSON line out is its outcome.
//   in:  { n, endpoint, product, action, key: { id, secret, token? }, request }      typed client of a product
//        { n, endpoint, version, action, key, query?, form? }                        generic client (the older openapi-client)
//   out: { n, body } or { n, error: { code, message, status, denied } }
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

// The packages lie in the working folder, which need not be this script's.
const require = createRequire(`${process.cwd()}/`);
const products = {
  sts: require('@alicloud/sts20150401'),
  rm: require('@alicloud/resourcemanager20200331'),
  ecs: require('@alicloud/ecs20140526'),
  rds: require('@alicloud/rds20140815'),
};
const generic = require('@alicloud/openapi-client');
const util = require('@alicloud/tea-util');

// Proxies of the machine are not for loopback.
for (const name of ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY']) delete process.env[name];

function configOf(call) {
  return {
    accessKeyId: call.key.id,
    accessKeySecret: call.key.secret,
    securityToken: call.key.token,
    endpoint: call.endpoint,
    protocol: 'http',
  };
}

async function typed(call) {
  const sdk = products[call.product];
  const client = new sdk.default(configOf(call));
  const method = client[call.action[0].toLowerCase() + call.action.slice(1)];
  const Request = sdk[`${call.action}Request`];
  const request = Request ? new Request(withModels(sdk, call.action, call.request ?? {})) : undefined;
  const response = await (request ? method.call(client, request) : method.call(client));
  return response.body;
}

// Nested lists of a request are models of their own, named after the field.
function withModels(sdk, action, request) {
  const made = { ...request };
  if (Array.isArray(made.tag)) made.tag = made.tag.map((tag) => new sdk[`${action}RequestTag`](tag));
  return made;
}

async function untyped(call) {
  const client = new generic.default(new generic.Config(configOf(call)));
  const params = new generic.Params({
    action: call.action, version: call.version, protocol: 'HTTP', pathname: '/', method: 'POST', authType: 'AK',
    style: 'RPC', reqBodyType: 'formData', bodyType: 'json',
  });
  const response = await client.callApi(params, new generic.OpenApiRequest({ query: call.query, body: call.form }), new util.RuntimeOptions({}));
  return response.body;
}

for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line);
  let outcome;
  try {
    outcome = { n: call.n, body: await (call.product ? typed(call) : untyped(call)) };
  } catch (e) {
    outcome = {
      n: call.n,
      error: {
        code: String(e.code ?? e.name), message: String(e.message), status: e.statusCode ?? e.data?.statusCode ?? 0,
        denied: e.accessDeniedDetail ?? e.data?.AccessDeniedDetail ?? null, retryAfter: e.retryAfter ?? null,
      },
    };
  }
  process.stdout.write(`${JSON.stringify(outcome)}\n`);
}
