#!/usr/bin/env python3
"""Fills real disks: runs `check.py BIN` with file systems of one megabyte for reports and for temporary files.

Needs Linux, and the right to mount: root, or a system that gives users name spaces of their own.
"""
import os, random, subprocess, sys, tempfile

KINDS = ['csv', 'tsv', 'jsonl', 'parquet', 'xlsx', 'html', 'md']
WORDS = 'the tram bridge council river you stupid troll again mayor ticket never always nice morning paper vote'.split()
DISK = 1 << 20
BLOCK = 4096


def dump(path, comments, words):
    """A dump of so many comments of so many words, 30 a thread."""
    pick = random.Random(1)
    with open(path, 'w') as file:
        for number in range(comments):
            text = ' '.join(pick.choice(WORDS) + str(pick.randrange(99)) for _ in range(words))
            file.write(f'{{"id":"c{number}","thread_id":"t{number // 30}","text":"{text}"}}\n')


class Check:
    def __init__(self, binary, folder):
        self.binary, self.folder, self.failed = os.path.abspath(binary), folder, 0
        self.disk, self.tmp = (os.path.join(folder, name) for name in ('disk', 'tmp'))
        for path in (self.disk, self.tmp):
            os.mkdir(path)
            self.mount(path)

    def mount(self, path, *options):
        subprocess.run(['mount', '-t', 'tmpfs', '-o', ','.join((f'size={DISK}', *options)), 'none', path], check=True)

    def score(self, dump, target, **environment):
        return subprocess.run([self.binary, 'score', '--quiet', dump, '-o', target], stderr=subprocess.PIPE, text=True,
                              env=dict(os.environ, **environment))

    def expect(self, what, right, done):
        if not right:
            self.failed += 1
            print(f'FAILED: {what}: exit code {done.returncode}: {done.stderr}')

    def refused(self, what, dump, target, message, **environment):
        """A run that must fail with the message, and leave what was there before and nothing else."""
        before = sorted(os.listdir(os.path.dirname(target)))
        done = self.score(dump, target, **environment)
        with open(target) as file:
            untouched = file.read() == 'old'
        clean = sorted(os.listdir(os.path.dirname(target))) == before and 'panicked' not in done.stderr
        self.expect(what, done.returncode == 2 and untouched and clean and message in done.stderr, done)

    def fill(self, target, free):
        """Puts an old report at its place and fills the disk but for so many bytes, rounded down to blocks."""
        folder = os.path.dirname(target)
        for name in os.listdir(folder):
            os.remove(os.path.join(folder, name))
        with open(target, 'w') as file:
            file.write('old')
        with open(os.path.join(folder, 'fill'), 'wb') as file:
            file.write(b'x' * (DISK - BLOCK - free // BLOCK * BLOCK))

    def full_target(self, dump):
        """The disk of the report is full at once, half-way, and at the last block."""
        for kind in KINDS:
            whole = os.path.join(self.folder, f'whole.{kind}')
            self.expect(kind, (done := self.score(dump, whole)).returncode == 0, done)
            size = os.path.getsize(whole)
            assert size < DISK, f'{whole} has {size} bytes'
            target = os.path.join(self.disk, f'report.{kind}')
            for free in (0, size // 2, size - 1):
                self.fill(target, free)
                message = f'report.{kind}: cannot be written (No space left on device'
                self.refused(f'{kind} with {free} of {size} bytes free', dump, target, message)

    def full_tmp(self, large, small):
        """The disk for temporary files is full."""
        self.fill(os.path.join(self.tmp, 'other'), 2 * BLOCK)
        for what, dump, kind in (('many rows', large, 'csv'), ('the sheets of a workbook', small, 'xlsx')):
            target = os.path.join(self.folder, f'report.{kind}')
            with open(target, 'w') as file:
                file.write('old')
            self.refused(what, dump, target, 'cannot keep rows in a temporary file (', TMPDIR=self.tmp)

    def read_only(self, dump):
        target = os.path.join(self.disk, 'report.csv')
        self.fill(target, DISK // 2)
        subprocess.run(['mount', '-o', 'remount,ro', self.disk], check=True)
        for name in ('report.csv', 'new.csv'):
            done = self.score(dump, os.path.join(self.disk, name))
            said = f'{name}: cannot be written (Read-only file system' in done.stderr and 'choose a folder' in done.stderr
            self.expect('a read-only folder', done.returncode == 2 and said, done)
        assert sorted(os.listdir(self.disk)) == ['fill', 'report.csv'] and open(target).read() == 'old'


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if 'IN_OWN_MOUNTS' not in os.environ:
        own = ['unshare', '--mount', '--map-root-user', sys.executable, *sys.argv]
        sys.exit(subprocess.run(own, env=dict(os.environ, IN_OWN_MOUNTS='1')).returncode)
    with tempfile.TemporaryDirectory() as folder:
        check = Check(sys.argv[1], folder)
        try:
            small, large = os.path.join(folder, 'small.jsonl'), os.path.join(folder, 'large.jsonl')
            dump(small, 300, 40)
            dump(large, 50, 100_000)
            check.full_target(small)
            check.full_tmp(large, small)
            check.read_only(small)
        finally:
            for path in (check.disk, check.tmp):
                subprocess.run(['umount', path], check=True)
    print('full disks: ' + (f'{check.failed} checks failed' if check.failed else 'all reports as expected'))
    sys.exit(1 if check.failed else 0)


if __name__ == '__main__':
    main()
