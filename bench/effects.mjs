// How long the answer to "what does this question do to my forecast" takes: the effects of each topic and the forecast of a
// response, for a town of whose IT nobody says anything and for a customer of a shared provider. Goal: within a second.
// node bench/effects.mjs [--rounds N]; RESMON_PROGRAM names another program than build/release/resmon.
import {parseArgs} from 'node:util';
process.env.RESMON_PROGRAM ??= new URL('../build/release/resmon', import.meta.url).pathname;
const {startProgram} = await import('../tests/e2e/program.mjs');

const {values: {rounds}} = parseArgs({options: {rounds: {type: 'string', default: '5'}}});
const towns = {'provider unknown': '010590075000', 'customer of Südwestfalen-IT': '059580032000'};
const topics = [...'ABCDEFGHIJKLMN'];
const goal = 1000;

const program = await startProgram();
const api = `${program.address}/api/v1/responses`;

async function milliseconds(path) {
  const begin = performance.now();
  const answer = await fetch(`${api}/${path}`);
  await answer.json();
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return performance.now() - begin;
}

const median = (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

console.log(`| town | effects of a topic: median, slowest topic (median of ${rounds}) | forecast of the response | goal |`);
console.log('|---|---|---|---|');
for (const [town, body] of Object.entries(towns)) {
  const begun = await fetch(api, {
    method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({questionnaire: 'resilienzmonitor', body}),
  });
  const {id} = await begun.json();
  const timesOf = async (path) => {
    const times = [];
    for (let round = 0; round < Number(rounds); ++round) times.push(await milliseconds(`${id}/${path}`));
    return median(times);
  };
  const effects = [];
  for (const topic of topics) effects.push(await timesOf(`effects?topic=${topic}`));
  const forecast = await timesOf('forecast');
  const verdict = Math.max(...effects, forecast) <= goal ? 'met' : '**missed**';
  console.log(`| ${town} | ${median(effects).toFixed(0)} ms, ${Math.max(...effects).toFixed(0)} ms | ${forecast.toFixed(0)} ms | ≤ ${goal} ms: ${verdict} |`);
}
await program.stop();
