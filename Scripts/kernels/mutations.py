# SPDX-License-Identifier: Apache-2.0
"""Configurations as people and programs break them."""

WRONG = [b"maybe", b"Y", b"N", b"yes", b"no", b"", b"0x", b"-0", b"007", b"99999999999999999999", b"0xFFFFFFFFFFFFFFFFFF",
         b"-1", b"\"", b"\"a\\\"b\\\\\"", b"\"open", b"\"a\" rest", b"y # why", b" y", b"m", b"n", b"y", b"10", b"0X1f"]
LINES = [b"", b" ", b"\t", b"#", b"# a comment", b"garbage", b"CONFIG_", b"CONFIG_=y", b"config_X=y", b"=",
         b"CONFIG_NOBODY=y", b"# CONFIG_NOBODY is not set", b"# CONFIG_MODULES is not set", b"CONFIG_MODULES=y",
         b"CONFIG_NOVALUE", b"#CONFIG_MODULES is not set", b"#  CONFIG_MODULES is not set", b"\xff\xfe\xe4",
         b"CONFIG_\xe4=y", b"CONFIG_A B=y"]


def assigned(line):
    """The name and the value in a line; None where it has none."""
    if line.startswith(b"CONFIG_") and b"=" in line:
        return line.split(b"=", 1)
    if line.startswith(b"# CONFIG_") and line.endswith(b" is not set"):
        return line[2:-11], b"n"
    return None


def flip(lines, place, random):
    pair = assigned(lines[place])
    if pair and pair[1] in (b"y", b"m", b"n"):
        lines[place] = pair[0] + b"=" + random.choice([value for value in (b"y", b"m", b"n") if value != pair[1]])
    elif pair:
        lines[place] = pair[0] + b"=" + random.choice([b"0", b"1", b"4096", b"0x10", b"\"other\"", b"\"\""])


def unset(lines, place, random):
    pair = assigned(lines[place])
    if pair:
        lines[place] = b"# " + pair[0] + b" is not set" + random.choice([b"", b"", b" ", b" at all"])


def delete(lines, place, random):
    del lines[place:place + random.choice([1, 1, 1, 5, 50])]
    lines.append(b"")


def duplicate(lines, place, random):
    lines.insert(random.randrange(len(lines)), lines[place])
    flip(lines, place, random)


def mistype(lines, place, random):
    pair = assigned(lines[place])
    if pair:
        lines[place] = pair[0] + b"=" + random.choice(WRONG)


def garble(lines, place, random):
    line = bytearray(lines[place] or b"x")
    # Neither line ends nor NUL: a line that holds those is not one line.
    line[random.randrange(len(line))] = random.choice([byte for byte in range(1, 256) if byte not in (10, 13)])
    lines[place] = bytes(line)


def insert(lines, place, random):
    lines.insert(place, random.choice(LINES))


def swap(lines, place, random):
    other = random.randrange(len(lines))
    lines[place], lines[other] = lines[other], lines[place]


def end_as_dos(lines, place, random):
    lines[place] += b"\r"


def mutated(text, random):
    """A text with some of all this done to it."""
    lines = text.split(b"\n")
    changes = [flip, flip, flip, unset, delete, duplicate, mistype, garble, insert, swap, end_as_dos]
    for _ in range(random.choice([1, 5, 40, 400])):
        random.choice(changes)(lines, random.randrange(len(lines)), random)
    whole = random.randrange(12)
    if whole == 0:
        return b"\r\n".join(lines)
    result = b"\n".join(lines)
    if whole == 1:
        return result[:random.randrange(len(result) + 1)]
    if whole == 2:
        return result.rstrip(b"\n")
    return result
