#!/usr/bin/env python3
"""Measures whole runs and their parts beside other programs and beside what merely moves the bytes.

usage: suite.py [COMMENTS...] [--rounds N] [--threads N] [--folder DIR] [--no-peers]

Makes dumps of so many COMMENTS (10000 100000 1000000), grouped by thread and with a thousand threads interleaved, and
prints two tables: everything side by side on the largest of up to a million comments, and how time and memory grow.
Of N rounds (3), one after the other through everything, the best counts; beyond a million there is one round.

A run has as many threads as there are cores, unless --threads says otherwise. Dumps and reports go to DIR (target/suite);
ten million comments need 30 GB there and in TMPDIR.

The other programs are installed into a virtual environment below target/ on the first run. They are slow, so they get
fewer comments (100,000, 20,000, and better-profanity 100); their time is scaled up, and what Python takes to load is not
counted. On a busy machine believe processor time.
"""
import argparse, datetime, json, os, platform, subprocess, sys, time, venv

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
VENV = os.path.join(ROOT, 'target', 'suite-peers')
PACKAGES = ['vaderSentiment==3.3.2', 'alt-profanity-check==1.9.1', 'better-profanity==0.7.0']
INTERLEAVED = 1000
SIDE_BY_SIDE = 1_000_000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('comments', nargs='*', type=int, default=[10_000, 100_000, 1_000_000])
    parser.add_argument('--rounds', type=int, default=3)
    parser.add_argument('--threads', type=int, default=os.cpu_count())
    parser.add_argument('--folder', default=os.path.join(ROOT, 'target', 'suite'))
    parser.add_argument('--no-peers', action='store_true')
    return parser.parse_args()


def cargo(*command):
    """The executables that a cargo command builds, by name."""
    done = subprocess.run(['cargo', *command, '--locked', '--message-format=json'], cwd=ROOT, check=True,
                          stdout=subprocess.PIPE, text=True)
    messages = [json.loads(line) for line in done.stdout.splitlines()]
    return {message['target']['name']: message['executable'] for message in messages if message.get('executable')}


def short(number):
    """Three digits of a number."""
    return f'{number:,.0f}' if number >= 100 else f'{number:.3g}'


class Measured:
    """What a command took: the least of its rounds, but the most memory."""

    def __init__(self, command):
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        said = child.stdout.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.wall = time.perf_counter() - start
        if child.returncode != 0:
            sys.exit(f'{" ".join(command)} ended with {child.returncode}')
        self.processor = usage.ru_utime + usage.ru_stime
        self.memory = usage.ru_maxrss * (1 if sys.platform == 'darwin' else 1024)
        if 'peers.py' in command[1]:
            self.wall, self.processor = map(float, said.split())

    def scale(self, factor):
        self.wall, self.processor = self.wall * factor, self.processor * factor

    def join(self, other):
        self.wall, self.processor = min(self.wall, other.wall), min(self.processor, other.processor)
        self.memory = max(self.memory, other.memory)


class Suite:
    def __init__(self, options):
        self.options = options
        os.makedirs(options.folder, exist_ok=True)
        self.parts = cargo('bench', '--bench', 'suite', '--no-run')['suite']
        self.command = cargo('build', '--release')['threadwarden']
        self.out = self.path('out.csv')

    def path(self, name):
        return os.path.join(self.options.folder, name)

    def dump(self, comments, open_threads=1):
        """The dump of so many comments, made if it is not there yet."""
        path = self.path(f'{"grouped" if open_threads == 1 else "interleaved"}-{comments}.csv')
        if not os.path.exists(path):
            subprocess.run([self.parts, 'make', str(comments), str(open_threads), path + '.new'], check=True,
                           stdout=subprocess.DEVNULL)
            os.rename(path + '.new', path)
        return path

    def whole(self, dump):
        return [self.command, 'score', '--quiet', '--threads', str(self.options.threads), '-o', self.out, dump]

    def take(self, command):
        """A command measured; what the one before wrote would be asked for its decisions, and is removed."""
        self.clear()
        return Measured(command)

    def clear(self):
        if os.path.exists(self.out):
            os.remove(self.out)

    def measure(self, commands, rounds):
        """Each command measured, in rounds through all of them."""
        measured = {}
        for _ in range(rounds):
            for name, command in commands.items():
                now = self.take(command)
                measured.setdefault(name, now).join(now)
        return measured

    def side_by_side(self, comments):
        dump, mixed = self.dump(comments), self.dump(comments, INTERLEAVED)
        threads = str(self.options.threads)
        part = lambda *words: [self.parts, words[0], dump, *words[1:]]
        measured = self.measure({
            '`wc -w`': ['wc', '-w', dump],
            'CSV read and write, one thread': part('copy', self.out),
            'reading': part('read'),
            '… and chains': part('chains', threads),
            '… and language, sentiment': part('sentiment', threads),
            '… and flamebait, heat': part('flamebait', threads),
            '**end to end**: … and rows, ranks, CSV': self.whole(dump),
            'end to end, threads interleaved': self.whole(mixed),
        }, self.options.rounds)
        bare = measured['CSV read and write, one thread']
        ours = measured['**end to end**: … and rows, ranks, CSV']
        if not self.options.no_peers:
            measured.update(self.peers(dump, comments))
        print(f'\n{comments:,} comments, {os.path.getsize(dump) / 1e6:.0f} MB, {threads} threads, best of '
              f'{self.options.rounds} rounds. × is how many times as long, by the clock (by processor time).\n\n'
              '| what | wall, s | processor, s | µs a comment | × CSV read and write | × ours end to end | '
              'peak memory, MB |\n|---|--:|--:|--:|--:|--:|--:|')
        for name, now in measured.items():
            times = lambda other: f'{short(now.wall / other.wall)} ({short(now.processor / other.processor)})'
            print(f'| {name} | {short(now.wall)} | {short(now.processor)} | {short(now.wall / comments * 1e6)} | '
                  f'{times(bare)} | {times(ours)} | {now.memory / 1e6:.0f} |')

    def peers(self, dump, comments):
        """What the other programs would take for all comments."""
        python = os.path.join(VENV, 'bin', 'python')
        if not os.path.exists(python):
            venv.create(VENV, with_pip=True)
        subprocess.run([python, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', *PACKAGES], check=True)
        script = os.path.join(HERE, 'suite', 'peers.py')
        peer = lambda what, limit: (limit, [python, script, what, dump, self.out, str(limit), '2'])
        commands = {
            '`vader_sentiment` crate, one thread': (100_000, [self.parts, 'crate', dump, self.out, '100000']),
            'Python: vaderSentiment and alt-profanity-check, two processes': peer('both', 20_000),
            'Python: vaderSentiment, two processes': peer('vader', 20_000),
            'Python: alt-profanity-check, two processes': peer('profanity-check', 20_000),
            'Python: better-profanity, two processes': peer('better-profanity', 100),
        }
        measured = self.measure({name: command for name, (_, command) in commands.items()}, self.options.rounds)
        for name, now in measured.items():
            now.scale(comments / min(commands[name][0], comments))
        return measured

    def growth(self):
        print('\nSeconds by the clock (of processors); × is how many times the CSV read and write, by the clock.\n\n'
              '| comments | CSV read and write, s | grouped: s | × | µs a comment | peak MB '
              '| interleaved: s | × | µs a comment | peak MB |\n' + '|--:' * 10 + '|')
        for comments in sorted(self.options.comments):
            dump, mixed = self.dump(comments), self.dump(comments, INTERLEAVED)
            commands = {'bare': [self.parts, 'copy', dump, self.out], 'grouped': self.whole(dump),
                        'interleaved': self.whole(mixed)}
            measured = self.measure(commands, self.options.rounds if comments <= SIDE_BY_SIDE else 1)
            bare = measured.pop('bare')
            both = lambda now, scale=1: f'{short(now.wall * scale)} ({short(now.processor * scale)})'
            cells = [f'{both(now)} | {short(now.wall / bare.wall)} | {both(now, 1e6 / comments)} | {now.memory / 1e6:.0f}'
                     for now in measured.values()]
            print(f'| {comments:,} | {both(bare)} | {" | ".join(cells)} |', flush=True)

    def page(self):
        page = os.path.join(ROOT, 'samples', 'news-page.txt')
        took = sorted(self.take(self.whole(page)).wall for _ in range(51))
        print(f'\nA page of 16 comments: {took[25] * 1000:.1f} ms (median of 51 runs, the fastest {took[0] * 1000:.1f}).')


def machine():
    model = platform.processor()
    if os.path.exists('/proc/cpuinfo'):
        with open('/proc/cpuinfo') as file:
            model = next((line.split(':')[1].strip() for line in file if line.startswith('model name')), model)
    rust = subprocess.run(['rustc', '--version'], stdout=subprocess.PIPE, text=True).stdout.split()[1]
    load = ', '.join(f'{value:.1f}' for value in os.getloadavg())
    return (f'{datetime.date.today()}: {model}, {os.cpu_count()} processors, {platform.system()} {platform.release()}, '
            f'Rust {rust}, Python {platform.python_version()}; load before the first measurement {load}')


def main():
    options = arguments()
    suite = Suite(options)
    print(machine())
    small = [comments for comments in options.comments if comments <= SIDE_BY_SIDE]
    if small:
        suite.side_by_side(max(small))
    suite.growth()
    suite.page()
    suite.clear()


if __name__ == '__main__':
    main()
