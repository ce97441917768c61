// The TypeScript clients as a process: one call as a JSON line in, one reply as a JSON line out, any number at a time.
// Every call gets a client of its own with the vendor's defaults; only base URL, key and, where asked, the time-out are set.
import { createInterface } from 'node:readline';
import OpenAI6 from 'openai6';
import OpenAI7 from 'openai7';
import Anthropic from '@anthropic-ai/sdk';

const tool = {
  name: 'book_table',
  description: 'Book a table.',
  schema: { type: 'object', properties: { city: { type: 'string' }, note: { type: 'string' }, guests: { type: 'integer' } }, required: ['city'] },
};

const settings = (call, path) => ({ apiKey: call.key, baseURL: call.url + path, ...(call.timeoutMs ? { timeout: call.timeoutMs } : {}) });

const answer = (text, finish) => ({ text, finish });

async function chat(client, call) {
  const body = { model: 'scripted', messages: [{ role: 'user', content: call.prompt }] };
  if (call.tool) body.tools = [{ type: 'function', function: { name: tool.name, description: tool.description, parameters: tool.schema } }];
  if (!call.stream) {
    const { message, finish_reason } = (await client.chat.completions.create(body)).choices[0];
    const made = message.tool_calls?.[0]?.function;
    return { ...answer(message.content, finish_reason), tool: made?.name, arguments: made?.arguments };
  }
  const seen = { text: '', finish: null };
  for await (const chunk of await client.chat.completions.create({ ...body, stream: true })) {
    const choice = chunk.choices[0];
    if (!choice) continue;
    seen.text += choice.delta.content ?? '';
    if (choice.delta.refusal) Object.assign(seen, { refusal: (seen.refusal ?? '') + choice.delta.refusal, code: chunk.id.replace('chatcmpl-', '') });
    const made = choice.delta.tool_calls?.[0]?.function;
    if (made?.name) seen.tool = made.name;
    if (made?.arguments) seen.arguments = (seen.arguments ?? '') + made.arguments;
    seen.finish = choice.finish_reason ?? seen.finish;
  }
  return seen;
}

async function responses(client, call) {
  const body = { model: 'scripted', input: call.prompt };
  if (!call.stream) {
    const response = await client.responses.create(body);
    return answer(response.output_text, response.status);
  }
  const seen = { text: '', finish: null };
  for await (const event of await client.responses.create({ ...body, stream: true })) {
    if (event.type === 'response.output_text.delta') seen.text += event.delta;
    if (event.type === 'response.completed') seen.finish = event.response.status;
    if (event.type === 'response.failed') Object.assign(seen, { finish: event.response.status, refusal: event.response.error.message, code: event.response.error.code });
  }
  return seen;
}

async function messages(client, call) {
  const body = { model: 'scripted', max_tokens: 64, messages: [{ role: 'user', content: call.prompt }] };
  if (call.tool) body.tools = [{ name: tool.name, description: tool.description, input_schema: tool.schema }];
  if (!call.stream) {
    const message = await client.messages.create(body);
    const made = message.content.find((block) => block.type === 'tool_use');
    return { ...answer(message.content.find((block) => block.type === 'text')?.text, message.stop_reason), tool: made?.name, arguments: made && JSON.stringify(made.input) };
  }
  const seen = { text: '', finish: null };
  for await (const event of await client.messages.create({ ...body, stream: true })) {
    if (event.type === 'content_block_start' && event.content_block.type === 'tool_use') Object.assign(seen, { tool: event.content_block.name, arguments: '' });
    if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') seen.text += event.delta.text;
    if (event.type === 'content_block_delta' && event.delta.type === 'input_json_delta') seen.arguments += event.delta.partial_json;
    if (event.type === 'message_delta') seen.finish = event.delta.stop_reason;
  }
  return seen;
}

function run(call) {
  switch (call.client) {
    case 'anthropic-ts': return messages(new Anthropic(settings(call, '')), call);
    case 'openai-ts-6': return (call.responses ? responses : chat)(new OpenAI6(settings(call, '/v1')), call);
    case 'openai-ts-7': return (call.responses ? responses : chat)(new OpenAI7(settings(call, '/v1')), call);
    default: throw new Error(`There is no client ${call.client} here.`);
  }
}

/** What an application can read from the exception. */
const thrown = (error) => ({
  thrown: error.constructor.name,
  status: error.status ?? null,
  code: error.code ?? error.error?.error?.code ?? null,
  message: String(error.message),
});

for await (const line of createInterface({ input: process.stdin })) {
  const call = JSON.parse(line);
  Promise.resolve(call).then(run).catch(thrown)
    .then((reply) => process.stdout.write(JSON.stringify({ id: call.id, ...reply }) + '\n'));
}
