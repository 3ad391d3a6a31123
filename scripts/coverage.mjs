// Reads gcov's JSON, one object a line, and tells per room how many lines of src/ were reached: coverage.mjs REPORT
import {readFileSync} from 'node:fs';

// A header is compiled into many objects: a line counts once, as reached if any of them reached it.
const reached = new Map();
for (const object of readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean))
  for (const {file, lines} of JSON.parse(object).files) {
    const place = /(?:^|\/)src\/([a-z_]+\/[^/]+)$/.exec(file);
    if (!place) continue;
    for (const {line_number: line, count} of lines) {
      const key = `${place[1]}:${line}`;
      reached.set(key, Math.max(reached.get(key) ?? 0, count));
    }
  }

const rooms = new Map();
for (const [key, count] of reached) {
  const room = key.slice(0, key.indexOf('/'));
  const sum = rooms.get(room) ?? {lines: 0, reached: 0};
  sum.lines += 1;
  sum.reached += count > 0 ? 1 : 0;
  rooms.set(room, sum);
}
const all = {lines: 0, reached: 0};
for (const sum of rooms.values()) Object.assign(all, {lines: all.lines + sum.lines, reached: all.reached + sum.reached});
for (const [room, sum] of [...rooms].sort().concat([['all', all]]))
  console.log(`${room.padEnd(12)} ${String(sum.reached).padStart(6)} of ${String(sum.lines).padStart(6)} lines  ${((100 * sum.reached) / Math.max(1, sum.lines)).toFixed(1).padStart(5)} %`);
