# SPDX-License-Identifier: Apache-2.0
"""What the bars of test-kernels share: kernel trees, runs of both programs in folders of their own, and counting."""
import concurrent.futures
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VERSIONS = ["6.1", "6.12"]
FIXTURES = ROOT / "Tests/KconfigTests/Fixtures"
LONGEST = 120
TOO_LONG = -999
PATHS = {"PATH": "/usr/bin:/bin", "LC_ALL": "C"}


def arguments():
    """The binary, the folder that `prepare` filled, and the names of cases; the first two wherever they are used."""
    if len(sys.argv) < 3:
        sys.exit(f"usage: {sys.argv[0]} HVOCHECK CACHE [NAME...]")
    return os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3:]


def lines_of(file):
    return [json.loads(line) for line in file.read_text().splitlines() if line]


class Effort:
    """The seed of everything random and how much of it is tried: HVOCHECK_KERNELS_SEED and HVOCHECK_KERNELS_EFFORT."""

    def __init__(self):
        self.factor = float(os.environ.get("HVOCHECK_KERNELS_EFFORT") or 1)
        self.seed = os.environ.get("HVOCHECK_KERNELS_SEED") or str(random.SystemRandom().randrange(1 << 32))
        print(f"seed of what is random: HVOCHECK_KERNELS_SEED={self.seed}", flush=True)

    def __str__(self):
        """What repeats it, before a command."""
        return f"HVOCHECK_KERNELS_SEED={self.seed} HVOCHECK_KERNELS_EFFORT={self.factor:g}"

    def random(self, name):
        """What depends on the seed and a name alone."""
        return random.Random(f"{self.seed}/{name}")

    def times(self, count):
        return range(max(1, int(count * self.factor)))

    def some(self, items, name):
        """All items, or with an effort below 1 as large a part of them."""
        items = list(items)
        return items if self.factor >= 1 else self.random(name).sample(items, max(1, int(len(items) * self.factor)))


class Tree:
    """A kernel tree with its conf, as `prepare` leaves them."""

    def __init__(self, version, cache):
        self.version = version
        self.folder = Path(cache) / version
        self.path = self.folder / "tree"
        numbers = {}
        for line in (self.path / "Makefile").read_text().splitlines()[:8]:
            words = line.split()
            if len(words) == 3 and words[1] == "=":
                numbers[words[0]] = words[2]
        self.release = ".".join(numbers[name] for name in ("VERSION", "PATCHLEVEL", "SUBLEVEL"))

    def architectures(self):
        """Every ARCH whose configuration is its own."""
        names = {path.parent.name for path in self.path.glob("arch/*/Kconfig")}
        split = {"x86": ["i386", "x86_64"], "sparc": ["sparc32", "sparc64"], "parisc": ["parisc", "parisc64"]}
        return sorted(arch for name in names for arch in split.get(name, [name]))

    def environment(self, arch):
        """What the kernel's Makefile would tell conf, with the compilers that the tree itself brings for this."""
        folder = {"i386": "x86", "x86_64": "x86", "sparc32": "sparc", "sparc64": "sparc", "parisc64": "parisc"}
        tools = f"{self.path}/scripts/dummy-tools"
        variables = {
            **PATHS, "TZ": "UTC", "HOME": "/nonexistent", "ARCH": arch, "SRCARCH": folder.get(arch, arch),
            "SUBARCH": "x86", "KERNELVERSION": self.release, "srctree": str(self.path), "objtree": ".",
            "CLANG_FLAGS": "", "AR": "false", "RUSTC": "/nonexistent/rustc", "BINDGEN": "/nonexistent/bindgen",
            "PYTHON3": "false", "CC_VERSION_TEXT": "gcc (scripts/dummy-tools/gcc)", "RUSTC_VERSION_TEXT": "",
        }
        for name, tool in {"CC": "gcc", "LD": "ld", "NM": "nm", "OBJCOPY": "objcopy", "PAHOLE": "pahole"}.items():
            variables[name] = f"{tools}/{tool}"
        if arch == "um":
            variables.update(SUBARCH="x86_64", HEADER_ARCH="x86")
        return variables

    def hearing(self, table):
        """What makes the commands of conf print what a table says."""
        return {"LD_PRELOAD": str(self.folder / "answers.so"), "ANSWERS": str(table)}

    def answers(self, arch):
        """The table and the recording of what commands print, made with a shell once."""
        table = self.folder / f"answers-{arch}"
        recording = self.folder / f"answers-{arch}.json"
        if not recording.exists():
            table.unlink(missing_ok=True)
            environment = self.environment(arch)
            with tempfile.TemporaryDirectory() as folder:
                preload = {"LD_PRELOAD": str(self.folder / "answers.so"), "ANSWERS_RECORD": str(table)}
                silence_build(Path(folder))
                subprocess.run(
                    [self.folder / "conf", "--alldefconfig", "Kconfig"], cwd=folder, env={**environment, **preload},
                    stdin=subprocess.DEVNULL, capture_output=True, check=True)
            probes = [{"cmd": command.decode(), "out": output.decode()} for command, output in entries(table)]
            recording.write_text(json.dumps({"env": environment, "probes": probes}))
        return table, recording


def entries(table):
    """The commands and outputs of a table that answers.c wrote."""
    text = table.read_bytes()
    while text:
        head, text = text.split(b"\n", 1)
        asked, printed = map(int, head.split())
        yield text[:asked], text[asked:asked + printed]
        text = text[asked + printed:]


def silence_build(folder):
    """A file that keeps modes other than syncconfig from writing a file for each symbol."""
    (folder / "include/config").mkdir(parents=True)
    (folder / "include/config/auto.conf").touch()


@dataclass
class Step:
    """One call of conf, and what is changed in the folder before."""
    arguments: list
    environment: dict = field(default_factory=dict)
    files: dict = field(default_factory=dict)
    stdin: bytes = b""


@dataclass
class Case:
    """Calls of conf in one folder, done by the kernel's conf and by ours."""
    name: str
    tree: Tree
    # None for files that the steps bring themselves, read without any answers.
    arch: str | None
    steps: list
    writes_build: bool = False
    # Whether help may be shown before all values are computed: conf-mistakes.json says why those are not compared.
    shows_help: bool = False


@dataclass
class Outcome:
    status: int
    output: bytes
    errors: bytes
    files: dict

    def difference(self, wanted):
        """The first line that says what is not as wanted; None where all is equal."""
        if self.status != wanted.status:
            return f"exit status {self.status} instead of {wanted.status}; {last_line(self.errors)}"
        for what, mine, other in [("stdout", self.output, wanted.output), ("stderr", self.errors, wanted.errors)]:
            if mine != other:
                return first_difference(what, mine, other)
        for name in sorted(self.files.keys() | wanted.files.keys()):
            mine, other = self.files.get(name), wanted.files.get(name)
            if mine is None or other is None:
                return f"{name} is {'missing' if mine is None else 'too many'}"
            if mine[0] != other[0]:
                return first_difference(name, mine[0], other[0])
            if mine[1] != other[1]:
                return f"{name} was {'written' if mine[1] else 'left alone'}"
        return None


def last_line(text):
    return ascii(text.decode(errors="replace").strip().split("\n")[-1])


def first_difference(what, mine, wanted):
    ours, theirs = mine.split(b"\n"), wanted.split(b"\n")
    for number in range(max(len(ours), len(theirs))):
        one = ours[number] if number < len(ours) else None
        other = theirs[number] if number < len(theirs) else None
        if one != other:
            shown = ["the end" if line is None else ascii(line.decode(errors="replace"))[:160] for line in (one, other)]
            return f"{what}:{number + 1}: {shown[0]} instead of {shown[1]}"
    return f"{what} differs"


def contents(folder):
    """All files below a folder: their bytes, and whether they were written since the times were set back."""
    found = {}
    for place, _, names in os.walk(folder):
        for name in names:
            path = Path(place) / name
            found[str(path.relative_to(folder))] = (path.read_bytes(), path.stat().st_mtime > 0)
    return found


def set_times_back(folder):
    for place, _, names in os.walk(folder):
        for name in names:
            os.utime(Path(place) / name, (0, 0))


def call(command, folder, environment, step, longest=LONGEST):
    """Calls a program in a folder, for so many seconds at most."""
    for name, text in step.files.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    set_times_back(folder)
    try:
        result = subprocess.run(
            command + step.arguments, cwd=folder, env={**environment, **step.environment}, input=step.stdin,
            capture_output=True, timeout=longest, check=False)
    except subprocess.TimeoutExpired:
        return Outcome(TOO_LONG, b"", b"it takes too long", {})
    return Outcome(result.returncode, result.stdout, result.stderr, contents(folder))


class Pairs:
    """Runs cases with both programs, each call for so many seconds at most, and compares what they did."""

    def __init__(self, hvocheck, keep=None, longest=LONGEST):
        self.hvocheck = hvocheck
        self.keep = keep
        self.longest = longest

    def difference(self, case):
        """Nothing, or what is different after the first step that differs."""
        if case.arch:
            environment = case.tree.environment(case.arch)
            table, recording = case.tree.answers(case.arch)
            hearing, options = case.tree.hearing(table), ["--probes", str(recording)]
        else:
            environment, hearing, options = PATHS, {}, ["--kernel", case.tree.version]
        stage = Path(tempfile.mkdtemp())
        try:
            for name in ("conf", "hvocheck"):
                (stage / name).mkdir()
                if not case.writes_build:
                    silence_build(stage / name)
            for number, step in enumerate(case.steps):
                wanted = call(
                    [str(case.tree.folder / "conf")], stage / "conf",
                    {**environment, **hearing}, step, self.longest)
                outcome = call([self.hvocheck, "conf", *options], stage / "hvocheck", environment, step, self.longest)
                if self.keep:
                    for name, each in (("conf", wanted), ("hvocheck", outcome)):
                        (stage / f"{name}.{number}.stdout").write_bytes(each.output)
                        (stage / f"{name}.{number}.stderr").write_bytes(each.errors)
                if case.shows_help:
                    for each in (wanted, outcome):
                        each.output = re.sub(rb"\[=[^\]\n]*\]", b"[=]", each.output)
                if mistake := mistake_of(wanted):
                    # What conf did says nothing; ours has to come to an end all the same.
                    return mistake if outcome.status >= 0 else f"exit status {outcome.status}, where conf: {mistake.what}"
                difference = outcome.difference(wanted)
                if difference:
                    return f"step {number + 1}: {difference}" if len(case.steps) > 1 else difference
            return None
        finally:
            if self.keep:
                shutil.rmtree(self.keep / case.name, ignore_errors=True)
                shutil.copytree(stage, self.keep / case.name)
            shutil.rmtree(stage)


class Tally:
    """Counts what is equal, a line for each bar, and says at the end how many passed and failed."""

    def __init__(self, repeat):
        self.repeat = repeat
        self.passed = 0
        self.failed = 0

    def bar(self, title, results):
        """Counts pairs of a name and a difference, None for none; a Mistake of conf is said and not counted."""
        total = equal = 0
        mistakes = {}
        for name, difference in results:
            if isinstance(difference, Mistake):
                mistakes.setdefault(difference.what, []).append(name)
                continue
            total += 1
            if difference is None:
                equal += 1
            else:
                print(f"  {name}: {difference}\n    again: {self.repeat} {name}", flush=True)
        self.passed += equal
        self.failed += total - equal
        print(f"{title}: {equal} of {total} equal", flush=True)
        for what, names in mistakes.items():
            more = f" and {len(names) - 1} more" if len(names) > 1 else ""
            print(f"  not counted, a mistake of conf: {names[0]}{more}: {what}")

    def finish(self):
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(1 if self.failed or not self.passed else 0)


def parallel(function, items):
    """The results for all items in their order, computed on all processors."""
    with concurrent.futures.ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield from pool.map(function, items)


@dataclass
class Mistake:
    """Why conf itself is wrong where we differ from it, and whose results are right."""
    what: str
    right: str


def known_mistakes():
    """The mistakes of conf that cases run into, by the name of the case."""
    listed = json.loads((Path(__file__).parent / "conf-mistakes.json").read_text())
    return {case: Mistake(one["what"], one["right"]) for one in listed for case in one["cases"]}


def mistake_of(wanted):
    """The mistake of conf that leaves nothing to compare; None where there is none."""
    if wanted.status == TOO_LONG:
        return Mistake("it does not end", "")
    if wanted.status < 0:
        return Mistake(f"it crashes with signal {-wanted.status}", "")
    if b"Oops! How to check" in wanted.errors:
        return Mistake("it takes the symbol of `!= y` for an expression (conf-mistakes.json)", "")
    return None
