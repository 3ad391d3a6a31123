// The three servers: each with its own data, on a free port of the loopback interface.
import {spawn, spawnSync} from 'node:child_process';
import {readdirSync, readFileSync} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const resmon = path.join(root, 'build/release/resmon');
const peers = path.join(root, 'bench/peers');

export function freePort() {
    return new Promise((resolve) => {
        const probe = net.createServer().listen(0, '127.0.0.1', () => {
            const {port} = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

/** Runs a program to its end; its output. Throws with what it said. */
export function ran(program, args, options = {}) {
    const done = spawnSync(program, args, {encoding: 'utf8', maxBuffer: 1 << 28, ...options});
    if (done.error) throw done.error;
    if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.status}\n${done.stdout}${done.stderr}`);
    return done.stdout;
}

const commands = {
    resmon: (folder, port) => ({
        program: resmon,
        args: ['--data', folder, '--quiet', 'serve', '--port', String(port)],
    }),
    // A sync worker answers one request at a time and closes the connection after it: gunicorn's default.
    flask: (folder, port, options) => ({
        program: '/usr/bin/python3',
        args: [
            '-m', 'gunicorn', '--workers', '2', '--worker-class', options.flaskWorker ?? 'sync', '--log-level', 'error',
            ...(options.flaskWorker === 'gthread' ? ['--threads', '1', '--keep-alive', '60'] : []),
            '--bind', `127.0.0.1:${port}`, '--chdir', peers, 'flask_app:app',
        ],
    }),
    node: () => ({program: process.execPath, args: [path.join(peers, 'node_app.mjs')]}),
};

export const names = Object.keys(commands);

/** Starts a server and returns when it accepts connections. */
export async function started(name, folder, options = {}) {
    const port = await freePort();
    const {program, args} = commands[name](folder, port, options);
    const child = spawn(program, args, {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
            ...process.env,
            PYTHONDONTWRITEBYTECODE: '1',
            NODE_ENV: 'production',
            PEER_DATABASE: path.join(folder, 'resmon.db'),
            PEER_SERVER: readFileSync(path.join(folder, 'server'), 'utf8').trim(),
            PEER_PORT: String(port),
        },
    });
    let isRunning = true;
    const ended = new Promise((resolve) => child.once('exit', () => resolve((isRunning = false))));
    const until = Date.now() + 20000;
    while (!(await accepts(port))) {
        if (!isRunning || Date.now() > until) throw new Error(`${name} does not start`);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return {
        name,
        folder,
        port,
        pid: child.pid,
        async stop() {
            child.kill('SIGTERM');
            await ended;
        },
    };
}

/** Seconds of processor time that a process and those that it started have used so far. */
export function processorSeconds(pid) {
    const fieldsOf = (one) => {
        try {
            return readFileSync(`/proc/${one}/stat`, 'utf8').split(') ')[1].split(' ');
        } catch {
            return undefined; // ended meanwhile
        }
    };
    const ticksPerSecond = 100;
    const own = fieldsOf(pid);
    let seconds = own ? (Number(own[11]) + Number(own[12])) / ticksPerSecond : 0;
    for (const other of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
        if (fieldsOf(other)?.[1] === String(pid)) seconds += processorSeconds(other);
    return seconds;
}

function accepts(port) {
    return new Promise((resolve) => {
        const probe = net.connect(port, '127.0.0.1');
        probe.once('connect', () => resolve(true)).once('error', () => resolve(false));
        probe.once('close', () => probe.destroy()).once('connect', () => probe.end());
    });
}
