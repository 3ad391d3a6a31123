// A disk that can be filled: a file system in memory where the test may mount one, else a limit on the size of files.
import assert from 'node:assert/strict';
import {spawnSync} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, readdirSync, rmSync, statSync, writeSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export class SmallDisk {
  folder = mkdtempSync(join(tmpdir(), 'resmon-small-'));
  isMounted;

  constructor(megabytes) {
    this.isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=0700`, 'tmpfs', this.folder]).status === 0;
    if (!this.isMounted) console.log('# nothing may be mounted here: the size of files is limited instead');
  }

  /** Put before the program: without a file system of its own a file beyond the limit is a fault, not the end. */
  get before() {
    return this.isMounted ? [] : ['sh', '-c', `trap '' XFSZ; exec "$@"`, 'sh'];
  }

  /** The same for a program that begins when the disk is full: 64 KB, as many as the database needs beside what it has. */
  get beforeWhenFull() {
    return this.isMounted ? [] : ['sh', '-c', `trap '' XFSZ; ulimit -f 128; exec "$@"`, 'sh'];
  }

  /** Leaves so many bytes, for the process of that id where only that can be told. */
  fill(left, pid) {
    if (!this.isMounted) {
      const largest = Math.max(0, ...readdirSync(this.folder).map((name) => statSync(join(this.folder, name)).size));
      if (pid) this.#limit(pid, String(largest + left));
      return;
    }
    const ballast = openSync(join(this.folder, 'ballast'), 'a');
    // Others may write meanwhile.
    for (let more = this.#available() - left; more > 0; more = this.#available() - left) writeSync(ballast, Buffer.alloc(more));
    closeSync(ballast);
  }

  free(pid) {
    if (this.isMounted) rmSync(join(this.folder, 'ballast'));
    else this.#limit(pid, 'unlimited');
  }

  end() {
    if (this.isMounted) spawnSync('umount', ['--lazy', this.folder]);
    rmSync(this.folder, {recursive: true, force: true});
  }

  #available() {
    return Number(spawnSync('df', ['--output=avail', '--block-size=1', this.folder], {encoding: 'utf8'}).stdout.split('\n')[1]);
  }
  #limit(pid, bytes) {
    const done = spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`], {encoding: 'utf8'});
    assert.equal(done.status, 0, done.stderr);
  }
}
