#!/usr/bin/env python3
# test-portable.py: the agent builds with nothing but its two include folders, and fits a small board
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-portable.py strict COMPILER SOURCE_ROOT   every file as C99 with all warnings as errors
# test-portable.py size SOURCE_ROOT              text and worst stack frame on a Cortex-M0
# test-portable.py readme COMPILER SOURCE_ROOT   the examples of firmware/README.md build and run
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

ARM = 'arm-none-eabi-gcc'
TEXT_LIMIT = 8 * 1024
FRAME_LIMIT = 1024
STRICT = ['-std=c99', '-Wall', '-Wextra', '-Wpedantic', '-Wconversion', '-Werror']


def sources(root):
    found = sorted(glob.glob(os.path.join(root, 'firmware/agent/src/*.c')))
    assert found, 'no agent sources'
    return found


def includes(root):
    return ['-I' + os.path.join(root, 'firmware/agent'), '-I' + os.path.join(root, 'firmware/agent/include')]


def need(compiler):
    if shutil.which(compiler[0]) is None:
        print('SKIP: %s is not installed' % compiler[0])
        sys.exit(77)


def strict(compiler, root):
    for source in sources(root):
        subprocess.run(compiler + STRICT + includes(root) + ['-c', source, '-o', os.devnull], check=True)
    # each header stands alone
    for header in glob.glob(os.path.join(root, 'firmware/agent/include/sonde/*.h')):
        subprocess.run(compiler + STRICT + includes(root) + ['-fsyntax-only', '-x', 'c', header], check=True)


def size(root):
    need([ARM])
    text = 0
    frames = []
    flags = ['-Os', '-mcpu=cortex-m0', '-mthumb', '-ffunction-sections', '-fstack-usage']
    with tempfile.TemporaryDirectory() as folder:
        for source in sources(root):
            name = os.path.join(folder, os.path.basename(source)[:-2])
            subprocess.run([ARM] + flags + STRICT + includes(root) + ['-c', source, '-o', name + '.o'], check=True)
            out = subprocess.run(['arm-none-eabi-size', name + '.o'], check=True, capture_output=True, text=True)
            n, data, bss = (int(x) for x in out.stdout.splitlines()[1].split()[:3])
            print('%-12s %5d bytes' % (os.path.basename(source), n))
            assert data == 0 and bss == 0, source + ': state outside the structs of the caller'
            text += n
            with open(name + '.su', encoding='utf-8') as usage:
                frames += [(int(line.split('\t')[1]), line.split('\t')[0]) for line in usage]
    worst = max(frames)
    print('text %d of %d bytes, worst frame %d of %d bytes (%s)'
          % (text, TEXT_LIMIT, worst[0], FRAME_LIMIT, os.path.basename(worst[1])))
    if text >= TEXT_LIMIT or worst[0] >= FRAME_LIMIT:
        sys.exit('too large for a small board')


def readme(compiler, root):
    with open(os.path.join(root, 'firmware/README.md'), encoding='utf-8') as page:
        examples = re.findall(r'```c\n(.*?)```', page.read(), re.S)
    assert examples, 'an example is expected'
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, 'example-%d.c' % i) for i in range(len(examples))]
        for path, text in zip(paths, examples):
            with open(path, 'w', encoding='utf-8') as file:
                file.write(text)
        # what the examples leave to the board: its drivers, and a main that calls them
        board = os.path.join(root, 'tests/firmware/example-board.c')
        program = os.path.join(folder, 'example')
        subprocess.run(compiler + STRICT + includes(root) + paths + [board] + sources(root) + ['-o', program],
                       check=True)
        subprocess.run([program], check=True, timeout=60)


def main():
    what, *rest = sys.argv[1:]
    if what == 'size':
        size(rest[0])
        return
    compiler = rest[:-1]
    need(compiler)
    {'strict': strict, 'readme': readme}[what](compiler, rest[-1])


main()
