/* commands.c: what --help prints of each command; sondectl(1) shows the same words */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/commands.h"

/* Shared by the commands that listen for boards, so that the words cannot drift apart. */
#define LISTEN_OPTIONS                                                                             \
  "  --listen ADDR:PORT  where boards dial in; 127.0.0.1:8000, port 0 picks a free one\n"
#define ELF_OPTION                                                                                 \
  "  --elf FILE          firmware that paths come from; once for each firmware\n"                  \
  "  --debug-file FILE   names of the only --elf, moved there by objcopy --only-keep-debug\n"      \
  "  --map FILE          memory map (CSV) for what no --elf names, and for units\n"
#define WAIT_OPTIONS                                                                               \
  "  --wait S            how long to wait for the board; 30\n"                                     \
  "  --expect N          wait until N boards are there, and take them all\n"
#define DEVICE_OPTIONS                                                                             \
  "  --device GLOB       which board by its name; a pattern with * ? [ takes every match\n"        \
  "  --all               every board that is there 2 s after the first came\n"
#define GENERAL "General options: see sondectl --help.\n"

static const char *const usages[SONDE_N_COMMANDS + 1] = {
  [SONDE_N_COMMANDS]
  = "usage: sondectl [OPTIONS] COMMAND [ARGUMENTS]\n"
    "\n"
    "Watches and changes variables of running microcontrollers. The boards dial in over\n"
    "WebSocket; names and types come from the .elf of their firmware.\n"
    "\n"
    "Commands:\n"
    "  symbols FILE          list the variables of an ELF file\n"
    "  size FILE             what fills flash and RAM: sections, source files, symbols\n"
    "  map FILE              variables and their addresses as a memory map (CSV)\n"
    "  diff OLD NEW          what a rebuild did to the variables\n"
    "  devices               list the boards that dial in\n"
    "  get PATH..            read variables once\n"
    "  set PATH=VALUE..      write variables and read them back\n"
    "  watch PATH..          read variables again and again\n"
    "  send TEXT             send a message to a board and print what it says\n"
    "  log                   print the log lines of boards\n"
    "  serve                 listen and let boards come and go\n"
    "  demo                  start a simulated board and print ten of its variables\n"
    "  doctor                say what is wrong on this machine and what to do\n"
    "  complete WORD         for shells: paths that begin with WORD\n"
    "sondectl COMMAND --help tells more about each.\n"
    "\n"
    "General options, before or after the command; -- ends them:\n"
    "  --json              one JSON object a line on stdout\n"
    "  --timeout S         give up after so many seconds, exit 5; never\n"
    "  --config FILE       settings; $XDG_CONFIG_HOME/sonde/settings.ini\n"
    "  --color WHEN        auto, always or never\n"
    "  -v, --verbose       tell on stderr what happens\n"
    "  -q, --quiet         no warnings on stderr\n"
    "  --version           print the version\n"
    "  -h, --help          print this, or the help of a command\n"
    "\n"
    "Exit codes: 0 ok, 1 an assertion failed or diff found a break, 2 usage, 3 no board,\n"
    "4 refused, 5 time-out, 6 some of many boards failed, 7 this machine said no.\n",
  [SONDE_COMMAND_SYMBOLS]
  = "usage: sondectl symbols FILE [--filter TEXT] [--all] [--elements N]\n"
    "       sondectl symbols FILE --at ADDRESS\n"
    "       sondectl symbols FILE --addr2line ADDRESS..\n"
    "       sondectl symbols FILE --layout TYPE\n"
    "\n"
    "Lists every variable of an ELF file, a row for each value: PATH, address, size in\n"
    "bytes, type. A file without a hit prints nothing.\n"
    "\n"
    "  --filter TEXT       words that must all be in the path; :float in the type,\n"
    "                      0x2000 at the start of the address\n"
    "  --all               also what cannot be polled, with the reason\n"
    "  --elements N        values of each array; 64, one row for the rest\n"
    "  --debug-file FILE   names of the ELF file, moved there by objcopy --only-keep-debug\n"
    "  --at ADDRESS        instead: what lies at this address (hexadecimal): values, with\n"
    "                      every alternative of a union, padding, functions; may be repeated\n"
    "  --addr2line ADDRESS..\n"
    "                      instead: function and line of these addresses of code; - prints the\n"
    "                      text on standard input, such as a backtrace, with its addresses told\n"
    "  --layout TYPE       instead: where the members of a struct lie: offset, size, bits, with\n"
    "                      holes and padding\n"
    "JSON keys: path,address,size,type,kind,encoding,bit_offset,bit_size,section,file,line\n"
    "and count for the rest of an array, why for what cannot be polled.\n"
    "JSON keys of --at: address,path,offset,size,type,kind,bit_offset,bit_size,section,file,\n"
    "line[,why]; offset counts bytes from the start of what path names; kind also function,\n"
    "data, padding, gap (no symbol there) and nothing (no section there).\n"
    "JSON keys of --addr2line: address,function,offset,file,line,column[,why]\n" GENERAL,
  [SONDE_COMMAND_SIZE]
  = "usage: sondectl size FILE [--by section|file|symbol] [--top N]\n"
    "\n"
    "Says what fills flash and RAM, in bytes and percent of all: totals, every section, the\n"
    "ten largest source files, the twenty largest symbols. What is copied from flash to RAM\n"
    "at the start (.data) counts in both. The rows of each table add up to the totals.\n"
    "Of a stripped file sections are all there is.\n"
    "\n"
    "  --debug-file FILE   names of the ELF file, moved there by objcopy --only-keep-debug\n"
    "  --by WHAT           only one table, whole: section, file or symbol\n"
    "  --top N             at most N rows of each table\n"
    "JSON keys: by,name,address,flash,flash_percent,ram,ram_percent,section,file\n"
    "by is total, section, file or symbol; address null where there is none.\n" GENERAL,
  [SONDE_COMMAND_COMPLETE]
  = "usage: sondectl complete [--elf FILE] WORD\n"
    "\n"
    "For the completion of shells: prints what WORD may become, a line each, one segment\n"
    "further: mot becomes motor. and motor. becomes motor.speed, motor.pid. and so on; behind\n"
    "an = the names of an enum's values. Without --elf the file that Sonde opened last is\n"
    "taken. Where that cannot be read it prints nothing, and exits with 0.\n"
    "\n"
    "  --elf FILE          firmware that paths come from; the first one is taken\n" GENERAL,
  [SONDE_COMMAND_MAP]
  = "usage: sondectl map FILE [--csv OUT] [--format FORMAT] [--like-original]\n"
    "\n"
    "Prints the variables of an ELF file that have a fixed address as a memory map: structs\n"
    "opened into their values, arrays of numbers as one row. FILE may be a memory map (.csv)\n"
    "too; it is then written anew, and rows that are refused are named.\n"
    "\n"
    "  --debug-file FILE   names of the ELF file, moved there by objcopy --only-keep-debug\n"
    "  --csv OUT           write OUT; in a directory FILE_YYYY-MM-DD_HHMMSS.csv\n"
    "  --format FORMAT     original: Variable,Address,No of Elements,Type, where a single\n"
    "                      value is always called Uint32_t; sonde: the true types, then\n"
    "                      Path,Size,Access,Unit,Scale,Description; original\n"
    "  --like-original     without internals of the C library and of vendors' drivers\n"
    "JSON keys: variable,address,elements,type,path,size,access,unit,scale,description\n" GENERAL,
  [SONDE_COMMAND_DIFF]
  = "usage: sondectl diff OLD NEW [--paths FILE]\n"
    "\n"
    "Prints what differs between the variables of two ELF files, a row each, sorted: PATH,\n"
    "added, removed, moved, retyped or resized (several parted by commas), what it was and\n"
    "what it is. A struct of another layout opens into its members. Exit 0, but with --paths\n"
    "1 where a watched path broke.\n"
    "\n"
    "  --paths FILE        watched paths, one a line, # begins a comment. A path breaks when\n"
    "                      it is gone or can no longer be read, retyped or resized; a path\n"
    "                      that only moved does not. Exit 2: a path is in neither file\n"
    "JSON keys: path,change,old,new\n" GENERAL,
  [SONDE_COMMAND_DEVICES]
  = "usage: sondectl devices [OPTIONS]\n"
    "\n"
    "Waits and lists every board that came, a row each: name, address, firmware, build id,\n"
    "whether an --elf matches (yes, no, unknown), round trip in microseconds.\n"
    "\n" LISTEN_OPTIONS ELF_OPTION "  --device GLOB       only boards of this name\n"
    "  --wait S            how long to wait; 2\n"
    "  --expect N          done as soon as N boards are there\n"
    "JSON keys: device,address,firmware,build_id,matches,connected_us,rate_hz,rtt_us\n" GENERAL,
  [SONDE_COMMAND_GET]
  = "usage: sondectl get PATH.. [OPTIONS]\n"
    "\n"
    "Reads variables once and prints a row each: PATH, value, unit. Structs and arrays open\n"
    "into their members, char arrays are text. Several boards: BOARD:PATH.\n"
    "What a board pushes by itself is named by its key path; beside --elf it takes --wait.\n"
    "\n" ELF_OPTION LISTEN_OPTIONS DEVICE_OPTIONS WAIT_OPTIONS
    "JSON keys: time_us,device,path,value,text[,error]\n" GENERAL,
  [SONDE_COMMAND_SET]
  = "usage: sondectl set PATH=VALUE.. [OPTIONS]\n"
    "\n"
    "Writes variables, reads each back and prints what was read. Everything is checked before\n"
    "the first byte is sent. VALUE is a number (12, 0x1f, 0b101, 1k5, 2.5e3), the name of an\n"
    "enum's value, true or false, a letter in quotes ('c'), or the text of a char array.\n"
    "Where several boards are there, --device or --all must say which; without them the\n"
    "command waits 2 s to see whether another one comes. A firmware that is not the --elf's\n"
    "is not written.\n"
    "\n" ELF_OPTION LISTEN_OPTIONS DEVICE_OPTIONS WAIT_OPTIONS
    "JSON keys: time_us,device,path,value,text[,error]\n" GENERAL,
  [SONDE_COMMAND_WATCH]
  = "usage: sondectl watch PATH.. [OPTIONS]\n"
    "\n"
    "Reads variables again and again and prints a row for each sample: time, PATH, value,\n"
    "unit, parted by tabs. Ends with SIGINT, SIGTERM, --seconds or --count.\n"
    "What a board pushes by itself is named by its key path; beside --elf it takes --wait.\n"
    "\n"
    "  --rate HZ           samples a second; 10, 0 is as fast as the board answers\n"
    "  --seconds N         stop after so many seconds\n"
    "  --count N           stop after N rows of each variable\n"
    "  --csv FILE          also write FILE: a column a variable, a row a time\n"
    "  --table             a table instead of rows, redrawn in place on a terminal\n" ELF_OPTION
        LISTEN_OPTIONS DEVICE_OPTIONS WAIT_OPTIONS
    "JSON keys: time_us,device,path,value,text[,error]\n" GENERAL,
  [SONDE_COMMAND_SEND]
  = "usage: sondectl send TEXT [OPTIONS]\n"
    "\n"
    "Sends TEXT as one message to a board and prints every message that comes from it in the\n"
    "next second. Boards that speak the device protocol take JSON: '{\"cmd\":\"init\"}'.\n"
    "\n"
    "  --seconds N         how long to listen for answers; 1\n" LISTEN_OPTIONS DEVICE_OPTIONS
        WAIT_OPTIONS "JSON keys: time_us,device,text\n" GENERAL,
  [SONDE_COMMAND_LOG]
  = "usage: sondectl log [OPTIONS]\n"
    "\n"
    "Prints the log lines of boards and of this program as they come: time, level, board, tag,\n"
    "text, parted by tabs. Ends with SIGINT, SIGTERM, --seconds or --count.\n"
    "\n"
    "  --seconds N         stop after so many seconds\n"
    "  --count N           stop after N lines\n" LISTEN_OPTIONS
    "  --device GLOB       only lines of these boards\n"
    "  --wait S            how long to wait for the first board; 30\n"
    "  --expect N          wait until N boards are there\n"
    "JSON keys: time_us,level,device,tag,text\n" GENERAL,
  [SONDE_COMMAND_SERVE]
  = "usage: sondectl serve [OPTIONS]\n"
    "\n"
    "Listens until SIGINT or SIGTERM and tells on stderr which boards come and go.\n"
    "\n" LISTEN_OPTIONS ELF_OPTION
    "  --wait S            end with exit 3 when no board came in that time; for ever\n"
    "With --json a row on stdout whenever a board comes or goes, keys:\n"
    "time_us,device,address,firmware,build_id,connected\n" GENERAL,
  [SONDE_COMMAND_DEMO]
  = "usage: sondectl demo [--seconds N] [--table]\n"
    "\n"
    "Starts the simulated board, opens its firmware and prints ten of its variables twice a\n"
    "second: time, PATH, value, unit. Takes a free port where 8000 is taken.\n"
    "\n"
    "  --seconds N         stop after so many seconds; until SIGINT or SIGTERM\n"
    "  --table             a table instead of rows, redrawn in place on a terminal\n" LISTEN_OPTIONS
    "JSON keys: time_us,device,path,value,text[,error]\n" GENERAL,
  [SONDE_COMMAND_DOCTOR]
  = "usage: sondectl doctor [--elf FILE]..\n"
    "\n"
    "Checks ports, rights, programs and packages of this machine, and the health of ELF files.\n"
    "A row each: ok, warning or wrong, what was looked at, what was found, what to do. Exit 7\n"
    "when something is wrong, 0 otherwise.\n"
    "\n"
    "  --elf FILE          an ELF file to look at; may be repeated\n"
    "JSON keys: state,object,found,advice\n" GENERAL,
};

const char *
sonde_usage_get (SondeCommand command)
{
  return usages[command];
}
