# sondectl.bash: completes commands, options, files and paths of variables; needs bash 4.3 and nothing else
# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What there is to complete is read from --help, so that it cannot differ from the program.

# Words of the line up to the cursor; bash itself also splits at : and =, which paths hold.
_sondectl_split() {
  local rest=${COMP_LINE:0:COMP_POINT} piece space
  _sondectl_words=()
  for piece in "${COMP_WORDS[@]:0:COMP_CWORD+1}"; do
    space=${rest%%[![:space:]]*}
    rest=${rest#"$space"}
    piece=${piece:0:${#rest}}
    if [[ -n $space || ${#_sondectl_words[@]} -eq 0 ]]; then
      _sondectl_words+=("$piece")
    else
      _sondectl_words[-1]+=$piece
    fi
    rest=${rest#"$piece"}
  done
}

# A word as the program would get it.
_sondectl_plain() {
  local word=${1//\\/}
  word=${word//[\"\']/}
  [[ $word == \~/* ]] && word=$HOME/${word:2}
  printf '%s' "$word"
}

# The options of a help text on standard input: "--elf FILE" or "--json", one a line.
_sondectl_options() {
  sed -nE 's/^  (-., )?(--[a-z0-9-]+( [A-Z][A-Z:.]*)?).*/\2/p'
}

_sondectl_files() {
  compopt -o filenames
  mapfile -t COMPREPLY < <(compgen -f -- "$(_sondectl_plain "$1")")
}

# Paths of the firmware in --elf; $1 is the word as typed, $2 the command.
_sondectl_paths() {
  local typed=$1 command=$2 quote='' prefix='' word i
  local -a elf=() found=()
  for ((i = 1; i < ${#_sondectl_words[@]} - 1; i++)); do
    case ${_sondectl_words[i]} in
      --elf) elf=(--elf "$(_sondectl_plain "${_sondectl_words[i + 1]}")") ;;
      --elf=*) elf=(--elf "$(_sondectl_plain "${_sondectl_words[i]#--elf=}")") ;;
    esac
  done
  mapfile -t found < <("$_sondectl_program" complete "${elf[@]}" -- "$(_sondectl_plain "$typed")" 2>/dev/null)
  [[ $typed == [\"\']* ]] && quote=${typed:0:1}
  # bash replaces only what is behind its last separator.
  [[ -z $quote && $typed == *[:=]* ]] && prefix=${typed%"${typed##*[:=]}"}
  for word in "${found[@]}"; do
    [[ $command == set && $word != *[.\[:\>] && $word != *=* ]] && word+='='
    [[ $word == *[.\[:\>=] ]] && compopt -o nospace
    [[ -z $quote ]] && word=$(sed 's/[]()*&;<>|$`"'"'"' \\#]/\\&/g; s/\\]/]/g' <<<"$word")
    COMPREPLY+=("${word#"$prefix"}")
  done
}

_sondectl() {
  local -a _sondectl_words
  local _sondectl_program=${COMP_WORDS[0]} command='' help general names word current previous wanted=''
  COMPREPLY=()
  _sondectl_split
  [[ $_sondectl_program == \~/* ]] && _sondectl_program=$HOME/${_sondectl_program:2}
  general=$("$_sondectl_program" --help 2>/dev/null) || return 0
  names=$(sed -n '/^Commands:/,/^[^ C]/s/^  \([a-z0-9]*\) .*/\1/p' <<<"$general")
  for word in "${_sondectl_words[@]:1:${#_sondectl_words[@]}-2}"; do
    if grep -qxF -- "$word" <<<"$names"; then
      command=$word
      break
    fi
  done
  help=$general
  [[ -n $command ]] && help+=$'\n'$("$_sondectl_program" "$command" --help 2>/dev/null)

  current=${_sondectl_words[-1]}
  previous=${_sondectl_words[-2]}
  if [[ $current == --*=* ]]; then
    previous=${current%%=*}
    current=${current#*=}
  fi
  if [[ $previous == --* ]]; then
    # Before the command is known any option may stand here.
    wanted=$(_sondectl_options <<<"$help" | sed -n "s/^$previous //p" | head -n 1)
    [[ -z $wanted && -z $command && $previous == --elf ]] && wanted=FILE
  fi
  case $previous:$wanted in
    --color:*) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$current") ; return ;;
    --by:*) mapfile -t COMPREPLY < <(compgen -W 'section file symbol' -- "$current") ; return ;;
    *:FILE | *:OUT) _sondectl_files "$current" ; return ;;
    *:?*) return ;;
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$(_sondectl_options <<<"$help" | sed 's/ .*//')" -- "$current")
  elif [[ -z $command ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$names" -- "$current")
  else
    case $(sed -n "s/^usage: sondectl $command \([A-Z]*\).*/\1/p" <<<"$help") in
      PATH) _sondectl_paths "$current" "$command" ;;
      FILE | OLD) _sondectl_files "$current" ;;
    esac
  fi
}

complete -F _sondectl sondectl
