// A signed-in load on resmon and its peers, side by side: README.md states the work, `--help` the flags.
import {spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {parseArgs} from 'node:util';
import {auditLines, filled} from './signed_in/fill.mjs';
import {names, processorSeconds, ran, resmon, root, started} from './signed_in/servers.mjs';

const {values: flags} = parseArgs({
    options: {
        rounds: {type: 'string', default: '5'},
        seconds: {type: 'string', default: '8'},
        'latency-seconds': {type: 'string', default: '60'},
        rate: {type: 'string', default: '1000'},
        connections: {type: 'string', default: '64'},
        only: {type: 'string', default: names.join(',')},
        'flask-worker': {type: 'string', default: 'sync'},
        json: {type: 'string'},
        data: {type: 'string'},
        rows: {type: 'string', default: '10000'},
        help: {type: 'boolean', default: false},
    },
});
if (flags.help) {
    console.log(`node bench/signed_in.mjs [--rounds 5] [--seconds 8] [--latency-seconds 60] [--rate 1000] [--connections 64]
    [--only resmon,flask,node] [--flask-worker sync|gthread] [--json FILE]
    [--rows 10000] [--data DIR: rows are made there once and used again]`);
    process.exit(0);
}

const say = (text) => process.stderr.write(`-- ${text}\n`);
const program = (name) => path.join(root, 'build/release/bench', name);
const median = (numbers) => {
    const sorted = [...numbers].sort((one, other) => one - other);
    return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
};

/**
 * Asks a server by its plan. What it answers wrong ends the measurement: figures of a broken server are none. A peer may
 * refuse one request in a hundred: its writers wait for each other's lock, under load sometimes longer than ten seconds.
 */
function asked(server, plan, options) {
    const args = ['--plan', plan, '--port', server.port, '--connections', flags.connections];
    for (const [name, value] of Object.entries(options)) args.push(`--${name}`, value);
    return new Promise((resolve, reject) => {
        const child = spawn(program('resmon_load'), args.map(String), {stdio: ['ignore', 'pipe', 'inherit']});
        let text = '';
        child.stdout.on('data', (piece) => (text += piece));
        child.once('close', (code) => {
            const done = text ? JSON.parse(text) : {failed: Infinity, answered: 0};
            const most = server.name === 'resmon' ? 0 : done.answered / 100;
            if (code < 2 && done.failed <= most) return resolve(done);
            reject(new Error(`${server.name}: ${text || 'no answer'}`));
        });
    });
}

const syncTimes = (folder, seconds) => JSON.parse(ran(program('resmon_sync'), [path.join(folder, 'sync'), String(seconds)]));
const warmUp = 1; // seconds
const load = () => os.loadavg()[0].toFixed(2);

async function capacities(servers, plans) {
    const rounds = [];
    for (let round = 0; round < Number(flags.rounds); ++round) {
        const rates = {};
        for (const kind of ['reads', 'mixed'])
            for (const server of servers) {
                const options = {seconds: flags.seconds, 'write-share': kind === 'reads' ? 0 : 0.1, seed: round + 1};
                const before = processorSeconds(server.pid);
                const done = await asked(server, plans[server.name].plan, {...options, 'warm-up': warmUp});
                const share = Number(flags.seconds) / (Number(flags.seconds) + warmUp);
                const spent = ((processorSeconds(server.pid) - before) * share * 1e6) / done.answered;
                rates[server.name] = {...rates[server.name], [kind]: done.rate, [kind + 'Microseconds']: spent};
                say(`round ${round + 1}, ${server.name}, ${kind}: ${done.rate.toFixed(0)}/s, ${spent.toFixed(0)} µs of processor each, p99 ${done.all.p99} ms, load generator ${Math.round(100 * done.load_processor_share)} % of a core, load average ${load()}`);
            }
        rounds.push(rates);
    }
    return rounds;
}

/** By schedule; the disk is asked before and after. */
async function latency(server, plan, folder) {
    const before = syncTimes(folder, 3);
    const times = await asked(server, plan, {seconds: flags['latency-seconds'], rate: flags.rate, 'write-share': 0.1});
    const after = syncTimes(folder, 3);
    return {...times, sync: {before, after, p99: Math.min(before.p99, after.p99)}};
}

function table(result) {
    const ratio = (name, kind) =>
        name === 'resmon' ? '' : `${median(result.rounds.map((round) => round.resmon?.[kind] / round[name][kind])).toFixed(2)} ×`;
    const rate = (name, kind) => median(result.rounds.map((round) => round[name][kind])).toFixed(0);
    const lines = [
        `| server | reads/s | resmon is | µs of processor per read | mixed/s | resmon is | p50 at ${flags.rate}/s | p99 | disk's sync p99 | p99 − sync |`,
        '|---|---|---|---|---|---|---|---|---|---|',
    ];
    for (const name of Object.keys(result.latency)) {
        const {all, sync, unanswered, failed} = result.latency[name];
        const times = unanswered > 0 ? [`${unanswered} unanswered, ${failed} refused`, '–', sync.p99, '–'] : [all.p50, all.p99, sync.p99, all.p99 - sync.p99];
        const shown = times.map((time) => (typeof time === 'number' ? `${time.toFixed(2)} ms` : time));
        lines.push(`| ${[name, rate(name, 'reads'), ratio(name, 'reads'), rate(name, 'readsMicroseconds'), rate(name, 'mixed'), ratio(name, 'mixed'), ...shown].join(' | ')} |`);
    }
    return lines.join('\n');
}

const wanted = flags.only.split(',');
mkdirSync(path.join(root, 'build'), {recursive: true});
const folder = mkdtempSync(path.join(root, 'build/signed-in-'));
const servers = [];
try {
    const own = path.resolve(flags.data ?? path.join(folder, 'rows'));
    const plans = await filled({own, rows: Number(flags.rows), folder, names: wanted, say});
    const linesBefore = Object.fromEntries(wanted.map((name) => [name, auditLines(plans[name].folder)]));
    for (const name of wanted) servers.push(await started(name, plans[name].folder, {flaskWorker: flags['flask-worker']}));
    const result = {date: new Date().toISOString(), cores: os.cpus().length, loadBefore: load(), latency: {}};
    result.rounds = await capacities(servers, plans);
    for (const server of servers) {
        result.latency[server.name] = await latency(server, plans[server.name].plan, folder);
        say(`${server.name} at ${flags.rate}/s: ${JSON.stringify(result.latency[server.name])}`);
    }
    for (const server of servers.splice(0)) await server.stop();
    // Whoever answered without the line on the disk, or with a chain that does not hold, measured something else.
    for (const name of wanted) {
        ran(resmon, ['--data', plans[name].folder, 'audit', 'verify']);
        result.latency[name].lines = auditLines(plans[name].folder) - linesBefore[name];
        if (result.latency[name].lines < result.latency[name].all.count) throw new Error(`${name} did not keep its audit trail`);
    }
    if (flags.json) writeFileSync(flags.json, JSON.stringify(result, null, 2) + '\n');
    console.log(`\n${result.date}, ${os.cpus()[0].model}, ${result.cores} cores shared with the load generator; load average before: ${result.loadBefore}`);
    console.log(table(result));
    console.log('\nEvery audit trail holds: ' + wanted.map((name) => `${name} ${result.latency[name].lines} lines`).join(', '));
} finally {
    for (const server of servers) await server.stop();
    rmSync(folder, {recursive: true, force: true});
}
