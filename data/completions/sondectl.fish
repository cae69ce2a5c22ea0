# sondectl.fish: completes commands, options, files and paths of variables in fish
# SPDX-License-Identifier: GPL-3.0-or-later
# What there is to complete is read from --help, so that it cannot differ from the program.

function __sondectl_names
    sondectl --help 2>/dev/null | sed -n '/^Commands:/,/^[^ C]/s/^  \([a-z0-9]*\) .*/\1/p'
end

# The command that the line names, if any.
function __sondectl_command
    set -l names (__sondectl_names)
    set -l words (commandline -opc)
    for word in $words[2..-1]
        if contains -- $word $names
            echo $word
            return 0
        end
    end
    return 1
end

# "--elf FILE" or "--json", one a line; of the command and of all.
function __sondectl_options
    begin
        sondectl --help
        set -l command (__sondectl_command)
        and sondectl $command --help
    end 2>/dev/null | sed -nE 's/^  (-., )?(--[a-z0-9-]+( [A-Z][A-Z:.]*)?).*/\2/p'
end

# What the option before the cursor takes: FILE, N ..; nothing where there is none.
function __sondectl_wanted
    set -l words (commandline -opc)
    set -l before $words[-1]
    string match -q -- '--*' $before
    or return 1
    set -l wanted (__sondectl_options | string replace -f -- "$before " '')
    if test -z "$wanted"; and test "$before" = --elf
        set wanted FILE
    end
    test -n "$wanted"
    and echo $wanted[1]
end

# What the command itself takes: PATH, FILE, OLD ..
function __sondectl_argument
    set -l command (__sondectl_command)
    and sondectl $command --help 2>/dev/null | sed -n "s/^usage: sondectl $command \([A-Z]*\).*/\1/p" | head -n 1
end

# Paths of the firmware in --elf, a segment at a time.
function __sondectl_paths
    set -l words (commandline -opc)
    set -l elf
    for i in (seq 2 (count $words))
        switch $words[$i]
            case --elf
                set -l next (math $i + 1)
                test $next -le (count $words)
                and set elf --elf $words[$next]
            case '--elf=*'
                set elf --elf (string replace -- '--elf=' '' $words[$i])
        end
    end
    sondectl complete $elf -- (string unescape -- (commandline -ct)) 2>/dev/null
end

function __sondectl_words
    set -l current (commandline -ct)
    set -l words (commandline -opc)
    set -l wanted (__sondectl_wanted)
    if test "$words[-1]" = --color
        printf '%s\n' auto always never
    else if test "$words[-1]" = --by
        printf '%s\n' section file symbol
    else if test -n "$wanted"
        contains -- $wanted FILE OUT
        and __fish_complete_path $current
    else if string match -q -- '--elf=*' $current
        __fish_complete_path (string replace -- '--elf=' '' $current) | string replace -r '^' -- --elf=
    else if string match -q -- '-*' $current
        __sondectl_options | string replace -r ' .*' ''
    else if not __sondectl_command >/dev/null
        __sondectl_names
    else
        switch (__sondectl_argument)
            case PATH
                __sondectl_paths
            case FILE OLD
                __fish_complete_path $current
        end
    end
end

complete -c sondectl -f -a '(__sondectl_words)'
