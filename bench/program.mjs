// The program itself: from its start to its first answer, memory at rest, size, and the time of a replay.
import {spawn} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, statSync} from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {freePort, ran, resmon, root} from './signed_in/servers.mjs';

const times = 9;
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const median = (numbers) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1];

const answers = (port) =>
    new Promise((resolve) => {
        const request = http.get({host: '127.0.0.1', port, path: '/api/v1/about', agent: false}, (response) => {
            response.resume();
            response.once('end', () => resolve(response.statusCode === 200));
        });
        request.once('error', () => resolve(false));
    });

/** Milliseconds to the first answer, and MB that are resident a second later. */
async function started(folder) {
    const port = await freePort();
    const began = performance.now();
    const server = spawn(resmon, ['--data', folder, '--quiet', 'serve', '--local', '--port', String(port)], {stdio: 'ignore'});
    while (!(await answers(port))) await wait(1);
    const milliseconds = performance.now() - began;
    await wait(1000);
    const megabytes = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))[1]) / 1024;
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
    return {milliseconds, megabytes};
}

mkdirSync(path.join(root, 'build'), {recursive: true});
const folder = mkdtempSync(path.join(root, 'build/program-'));
try {
    const first = await started(path.join(folder, 'data'));
    const later = [];
    for (let count = 0; count < times; ++count) later.push(await started(path.join(folder, 'data')));
    const replays = [];
    for (let count = 0; count < 3; ++count) {
        const began = performance.now();
        ran(resmon, ['--data', path.join(folder, 'replay'), '--quiet', '--format', 'json', 'replay', 'suedwestfalen-2023', '--replications', '1000']);
        replays.push((performance.now() - began) / 1000);
    }
    console.log(`${new Date().toISOString()}, ${os.cpus()[0].model}, ${os.cpus().length} cores, load average ${os.loadavg()[0].toFixed(2)}`);
    console.log(`start of serve --local to the first answer: ${first.milliseconds.toFixed(0)} ms in a new folder, then ${median(later.map((one) => one.milliseconds)).toFixed(0)} ms (median of ${times})`);
    console.log(`resident at rest: ${median(later.map((one) => one.megabytes)).toFixed(0)} MB`);
    console.log(`size of the program: ${(statSync(resmon).size / 1e6).toFixed(1)} MB`);
    console.log(`Südwestfalen × 1,000 courses: ${median(replays).toFixed(2)} s (median of 3)`);
} finally {
    rmSync(folder, {recursive: true, force: true});
}
