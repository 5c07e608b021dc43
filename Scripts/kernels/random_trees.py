# SPDX-License-Identifier: Apache-2.0
"""Random Kconfig files and .config files: everything that the language has, in combinations that no kernel has.

Symbols mostly ask only for earlier ones and select later ones, as otherwise nearly every file would be a loop.
"""
import re

import mutations

TYPES = ["bool", "bool", "tristate", "tristate", "int", "hex", "string"]
CONSTANTS = [
    "y", "n", "m", '"y"', '"n"', '"m"', "0", "1", "5", "0x10", '"abc"', '""', "16", "-3", "UNKNOWN", "OTHER"]
VALUES = {
    "int": ["0", "1", "5", "-3", "100", "07", '"12"'],
    "hex": ["0x0", "0x10", "10", "0xFF", "ff", '"0x1f"'],
    "string": ['"abc"', '""', '"a b"', '"q\\"uote"', '"y"', "'x'"],
}
BOUNDS = ["-5", "0", "1", "5", "10", "0x10", "100"]
GIVEN = {
    "bool": ["y", "n", "y", "m"],
    "tristate": ["y", "m", "n"],
    "int": ["0", "1", "7", "-4", "500", "abc", "010"],
    "hex": ["0x0", "0x8", "1f", "0xZZ", "0x1000"],
    "string": ['"hello"', '"a\\"b"', "bare", '"'],
}
ODD_LINES = [
    "garbage", "", "#comment", "CONFIG_{}", "CONFIG_{}=", "CONFIG_{}=y\r", " CONFIG_{}=y", "# CONFIG_{} is not set "]
# What stands before everything else: variables and functions, some of them used below, and what expands at once.
MACROS = [
    "YES = y", "NO := n", "YES += ", "NO += y", "LATE = $(YES)", "AT_ONCE := $(LATE)$(NO)", "first = $(1)",
    "swap = $(2) $(1)", "either = $(first,$(1))", "$(info,at $(filename):$(lineno) $(YES))",
    "$(warning-if,$(YES),take care of $(first,this))", "$(warning-if,$(NO),never mind)", "$(error-if,$(NO),no)",
    "name = YES", "indirect = $($(name))", "list = a,b", "paren = ($(1))", "space =   two  words  ", "# a comment",
    "hash = # not a comment", "joined = a \\\n\tb", "YES := $(FROM_OUTSIDE)"]
EXPANSIONS = [
    "$(YES)", "$(NO)", "$(LATE)", "$(AT_ONCE)", "$(first,y)", "$(first,y,n)", "$(either,n)", "$(indirect)", "$(NOWHERE)",
    "$(FROM_OUTSIDE)", "$(first, m )", "$($(name))", "$(swap,y,=)", "$(lineno)"]
TEXTS = [
    "{} plain", "{} \\\"quoted\\\"", "{} 'single'", "{} # no comment", "{} $(YES) $(first,a)", "{} \\\\ back", "{}\ttab",
    "{} $(swap,a,b)", "{} $(space) $(paren,x)", "{} $(list)", "{} y && n", "{} \xe4\xf6\xfc"]
ODD_STATEMENTS = [
    "bogus", "config", "endif", "endmenu", "\tbool \"twice\"", "\tdefault", "config A B", "rsource \"Kconfig.sub\"",
    "osource \"nowhere\"", "source \"nowhere\"", "\tdepends on", "\tdepends on (y", "\toptional", "\tmodules",
    "mainmenu \"late\"", "\"text\"", "\thelp", "if y", "choice", "\tprompt \"unended", "\tprompt 'a \\' b'",
    "\tselect y", "\timply UNKNOWN", "\trange 1 2", "\tdef_tristate m", "$(NOWHERE)", "$(undefined", "\toption x",
    "\tdefault y if y # why", "\x07", "\tvisible if n", "$(first)", "$(YES) = n", "$(YES)", "X y", "a := b"]
HELPS = [
    ["\t  What {} is for."], ["\t  First of {}.", "", "\t    deeper", "\t  back  "], ["", "\t  After a gap."],
    ["        Spaces for {}.", "\tand a tab"], ["\t  config {}", "\t  \tbool"], []]


class RandomTree:
    """One Kconfig file; `has_old_choices` says whether it is for v6.10 or earlier."""

    def __init__(self, rng, has_old_choices):
        self.rng = rng
        self.has_old_choices = has_old_choices
        self.names = [f"S{number}" for number in range(rng.randint(3, 12))]
        self.types = {name: rng.choice(TYPES) for name in self.names}
        self.logical = [name for name in self.names if self.types[name] in ("bool", "tristate")]
        self.is_ordered = rng.random() < 0.9
        self.has_macros = rng.random() < 0.4
        self.has_modules = rng.random() < 0.6
        self.position = 0
        self.lines = []
        self.files = {}
        self.members = set()
        self.write()
        if self.chance(0.06):
            self.lines.insert(rng.randrange(len(self.lines) + 1), rng.choice(ODD_STATEMENTS))
        self.add_file("Kconfig", self.lines)
        if not has_old_choices:
            self.files = {name: self.without_texts_of_members(text) for name, text in self.files.items()}

    def add_file(self, name, lines):
        text = "\n".join(lines) + ("\n" if self.chance(0.98) else "")
        self.files[name] = text.encode("latin-1")

    def without_texts_of_members(self, text):
        """Without defaults of ints, hexes and strings that are members of choices.

        A member has the text `n` for these if conf has computed it for its own sake, and none if it has only picked one of
        all members (conf-mistakes.json).
        """
        kept = []
        kind = None
        for line in text.decode("latin-1").split("\n"):
            words = line.split()
            if line.startswith(("config ", "menuconfig ")):
                kind = self.types.get(words[1]) if len(words) > 1 else None
            if kind not in VALUES or words[:1] != ["default"] or not self.members & set(words[1:2]):
                kept.append(line)
        return "\n".join(kept).encode("latin-1")

    @staticmethod
    def without_defaults_from_outside(lines, members):
        """A choice without defaults that ask for other members: they lie below these and are no members themselves."""
        outside = set()
        member, block = None, set()
        for line in lines:
            names = set(re.findall(r"\w+", line)) & set(members)
            if line.startswith(("config ", "menuconfig ")):
                member, names = line.split()[1], block
            elif line.startswith(("if ", "endif")):
                block = names
                continue
            elif not member or not (line.startswith("\tdepends on ") or " if " in line):
                continue
            if names - {member}:
                outside.add(member)
        return [line for line in lines if not (line.startswith("\tdefault ") and outside & set(line.split()[1:2]))]

    def chance(self, probability):
        return self.rng.random() < probability

    # What may be asked for, and what may be selected.

    def before(self):
        names = [name for name in self.logical if not self.is_ordered or self.names.index(name) < self.position]
        return names + ["MODULES"] * self.has_modules or ["y"]

    def behind(self):
        return [name for name in self.logical if not self.is_ordered or self.names.index(name) > self.position]

    def title(self, name):
        text = self.rng.choice(TEXTS).format(name) if self.chance(0.2) else f"{name} prompt"
        return f"'{text}'" if "'" not in text and "\\" not in text and self.chance(0.1) else f'"{text}"'

    def operand(self):
        if self.has_macros and self.chance(0.1):
            return self.rng.choice(EXPANSIONS)
        names = self.names[:self.position] if self.is_ordered else self.names
        return self.rng.choice(names) if names and self.chance(0.85) else self.rng.choice(CONSTANTS)

    def expression(self, depth=0):
        dice = self.rng.random()
        if depth > 2 or dice < 0.4:
            return self.rng.choice(self.before()) if self.chance(0.8) else self.operand()
        if dice < 0.6:
            relation = self.rng.choice(["=", "!=", "<", ">", "<=", ">="])
            return f"{self.operand()} {relation} {self.rng.choice([self.operand(), self.rng.choice(CONSTANTS)])}"
        if dice < 0.7:
            return f"!({self.expression(depth + 1)})" if self.chance(0.6) else f"!{self.rng.choice(self.before())}"
        joint = "&&" if dice < 0.85 else "||"
        return f"{self.part(depth)} {joint} {self.part(depth)}"

    def part(self, depth):
        text = self.expression(depth + 1)
        return f"({text})" if self.chance(0.4) else text

    def condition(self, probability=0.35):
        return f" if {self.expression()}" if self.chance(probability) else ""

    def value(self, kind):
        if kind in VALUES:
            return self.rng.choice(VALUES[kind] + [self.operand()])
        letters = ["y", "n", "y"] if kind == "bool" else ["y", "n", "m"]
        return self.rng.choice(letters + [self.rng.choice(self.before()), self.expression()])

    # Statements.

    def symbol(self, name, kind=None, position=None):
        """A definition; `position` is that of the choice that it is a member of."""
        is_member = position is not None
        self.position = position if is_member else self.names.index(name)
        kind = kind or self.types[name]
        dice = self.rng.random()
        if is_member or dice < 0.6:
            attributes = [f"{kind} {self.title(name)}{self.condition(0.3)}"]
        elif dice < 0.75:
            attributes = [kind]
        elif kind in ("bool", "tristate"):
            attributes = [f"def_{kind} {self.value(kind)}{self.condition()}"]
        else:
            attributes = [kind, f'prompt "{name}"{self.condition()}']
        if not is_member:
            for _ in range(self.rng.randint(0, 2)):
                attributes.append(f"default {self.value(kind)}{self.condition()}")
        for _ in range(self.rng.choice([0, 0, 1, 1, 2])):
            attributes.append(f"depends on {self.expression()}")
        if kind in ("bool", "tristate") and self.behind():
            for _ in range(self.rng.choice([0, 0, 0, 1, 2])):
                verb = self.rng.choice(["select", "select", "imply"])
                attributes.append(f"{verb} {self.rng.choice(self.behind())}{self.condition()}")
        if kind in ("int", "hex"):
            for _ in range(self.rng.choice([0, 0, 1, 2])):
                # Nobody can answer a question with no number in its range.
                bounds = sorted((self.rng.choice(BOUNDS + self.names[:self.position][:1]) for _ in range(2)),
                                key=lambda bound: BOUNDS.index(bound) if bound in BOUNDS else len(BOUNDS))
                attributes.append(f"range {' '.join(bounds)}{self.condition(0.4)}")
        self.rng.shuffle(attributes)
        self.lines.append(("config " if is_member or self.chance(0.9) else "menuconfig ") + name)
        self.lines += ["\t" + attribute for attribute in attributes]
        if self.chance(0.2):
            self.lines += ["\thelp", *(line.format(name) for line in self.rng.choice(HELPS))]
        self.lines.append("")

    def choice(self, members):
        self.position = self.names.index(members[0])
        self.members |= set(members)
        first = len(self.lines)
        kind = "tristate" if self.has_old_choices and self.chance(0.35) else "bool"
        title = f'"choice {len(self.lines)}"{self.condition(0.3)}'
        self.lines.append("choice" + (f" CHOICE{len(self.lines)}" if self.has_old_choices and self.chance(0.2) else ""))
        if self.has_old_choices and self.chance(0.5):
            self.lines.append(f"\t{kind} {title}")
        else:
            self.lines.append(f"\tprompt {title}")
            if kind == "tristate":
                self.lines.append("\ttristate")
        if self.has_old_choices and self.chance(0.2):
            self.lines.append("\toptional")
        # None from outside: what conf makes of those depends on what it has computed before (conf-mistakes.json).
        for _ in range(self.rng.choice([0, 1, 1, 2])):
            self.lines.append(f"\tdefault {self.rng.choice(members)}{self.condition(0.4)}")
        if self.chance(0.3):
            self.lines.append(f"\tdepends on {self.expression()}")
        self.lines.append("")
        position = self.position
        has_block = False
        for number, member in enumerate(members):
            if self.chance(0.05):
                self.lines += [f'comment "among {member}"', ""]
            if not has_block and self.chance(0.15):
                self.lines.append(f"if {self.expression()}")
                has_block = True
            own = kind if not self.has_old_choices or self.chance(0.9) else self.rng.choice(["bool", "tristate"])
            self.symbol(member, own, position)
            if number and self.chance(0.05):
                # A member that asks for another one lies below it and is none.
                self.lines.insert(-1, f"\tdepends on {self.rng.choice(members[:number])}")
        self.lines += ["endif"] * has_block + ["endchoice", ""]
        if self.has_old_choices:
            self.lines[first:] = self.without_defaults_from_outside(self.lines[first:], members)

    def source(self, name):
        """A definition in a file of its own."""
        above, self.lines = self.lines, []
        self.symbol(name)
        path = f"{self.rng.choice(['', 'sub/', 'sub/deep/'])}Kconfig.{name}"
        if path not in self.files:
            self.add_file(path, self.lines)
        self.lines = above + [f'source "{path}"', ""]

    def write(self):
        if self.chance(0.3):
            self.lines.append('mainmenu "Random"')
        if self.has_macros:
            self.lines += sorted(self.rng.sample(MACROS, self.rng.randrange(len(MACROS))), key=MACROS.index)
        if self.has_modules:
            self.lines += ["config MODULES", '\tbool "modules"' if self.chance(0.7) else "\tdef_bool y", "\tmodules", ""]
        waiting = list(self.names)
        if self.chance(0.3):
            waiting.append(self.rng.choice(self.names))
        blocks = []
        while waiting:
            dice = self.rng.random()
            if dice < 0.08:
                self.lines.append(f'menu "Menu {len(self.lines)}"')
                if self.chance(0.4):
                    self.lines.append(f"\tdepends on {self.expression()}")
                if self.chance(0.4):
                    self.lines.append(f"\tvisible if {self.expression()}")
                blocks.append("endmenu")
            elif dice < 0.16:
                self.lines.append(f"if {self.expression()}")
                blocks.append("endif")
            elif dice < 0.2:
                self.lines += [f'comment "note {len(self.lines)}"', f"\tdepends on {self.expression()}", ""]
            elif dice < 0.32 and len(waiting) > 1:
                count = self.rng.randint(1, min(4, len(waiting)))
                self.choice(waiting[:count])
                del waiting[:count]
            elif dice < 0.36:
                self.source(waiting.pop(0))
            else:
                self.symbol(waiting.pop(0))
            if blocks and self.chance(0.3):
                self.lines.append(blocks.pop())
        self.lines += reversed(blocks)

    def configuration(self):
        """What a user may have said, or something like it."""
        lines = []
        for _ in range(self.rng.randint(0, len(self.names) + 2)):
            name = self.rng.choice(self.names + ["MODULES", "NOWHERE"])
            dice = self.rng.random()
            if dice < 0.35:
                lines.append(f"# CONFIG_{name} is not set")
            elif dice < 0.9:
                lines.append(f"CONFIG_{name}={self.rng.choice(GIVEN[self.types.get(name, 'bool')])}")
            else:
                lines.append(self.rng.choice(ODD_LINES).format(name))
        text = ("\n".join(lines) + ("\n" if self.chance(0.9) else "")).encode()
        return mutations.mutated(text, self.rng) if self.chance(0.2) else text
