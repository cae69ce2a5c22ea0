/* board.c: the agent of the demo board: who it is, what may be touched, its log lines */
/* SPDX-License-Identifier: MIT */
#include "ports/posix/board.h"

#include <link.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "ports/posix/build-id.h"
#include "ports/posix/gateway.h"
#include "ports/posix/plant.h"
#include "ports/posix/variables.h"
#include "src/json.h"

enum
{
  MAX_REGIONS = 32,
  MAX_LINE = 512,
  N_LINES = 64,
};

static struct
{
  uint64_t start_ns;
  enum quirk quirk;
  bool has_been_asked;
  sonde_region regions[MAX_REGIONS];
  sonde_agent_config config;
  sonde_agent agent;
  char lines[N_LINES][MAX_LINE];
  size_t line_sizes[N_LINES];
  unsigned first_line, n_lines;
} board;

uint64_t
board_get_elapsed_ns (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (uint64_t) now.tv_sec * 1000000000 + (uint64_t) now.tv_nsec - board.start_ns;
}

static uint32_t
get_ticks (void *unused)
{
  return (uint32_t) (board_get_elapsed_ns () / 1000);
}

bool
board_random (void *unused, uint8_t *out, size_t size)
{
  return getrandom (out, size, 0) == (ssize_t) size;
}

static void
add_region (const volatile void *start, size_t size, uint8_t access)
{
  if (board.config.n_regions < MAX_REGIONS)
    board.regions[board.config.n_regions++]
        = (sonde_region){ .start = start, .size = size, .access = access };
}

/* What the linker laid out is readable as a whole, as flash and RAM of a real board are. The
 * program itself comes first in the list; libraries are none of a host's business. */
static int
take_program (struct dl_phdr_info *info, size_t size, void *unused)
{
  for (int i = 0; i < info->dlpi_phnum; i++)
    {
      const ElfW (Phdr) *part = &info->dlpi_phdr[i];
      const uint8_t *start = (const uint8_t *) (uintptr_t) (info->dlpi_addr + part->p_vaddr);

      if (part->p_type == PT_LOAD && (part->p_flags & PF_R) != 0)
        add_region (start, part->p_memsz, SONDE_READ);
      if (part->p_type == PT_NOTE && board.config.build_id == NULL)
        board.config.build_id = build_id_find (start, part->p_memsz, &board.config.build_id_size);
    }
  return 1;
}

static void
add_writable (void)
{
  size_t mode_size;
  void *mode_place = demo_mode_get_place (&mode_size);

  add_region (&motor.target, sizeof motor.target, SONDE_READ | SONDE_WRITE);
  add_region (&motor.pid, offsetof (struct pid, integrator), SONDE_READ | SONDE_WRITE);
  for (int i = 0; i < 4; i++)
    add_region (&axis[i].target, sizeof axis[i].target, SONDE_READ | SONDE_WRITE);
  add_region (mode_place, mode_size, SONDE_READ | SONDE_WRITE);
  add_region (matrix, sizeof matrix, SONDE_READ | SONDE_WRITE);
  add_region (&flags, sizeof flags, SONDE_READ | SONDE_WRITE);
  add_region (&raw, sizeof raw, SONDE_READ | SONDE_WRITE);
  add_region (message, sizeof message, SONDE_READ | SONDE_WRITE);
  add_region (&inject_fault, sizeof inject_fault, SONDE_READ | SONDE_WRITE);
}

/* Steps fall half-way between the instants that are whole multiples of the period on the monotonic
 * clock: a host on the same machine that polls at those instants never meets a step half done. */
static uint64_t
get_start_ns (uint32_t step_hz)
{
  uint64_t period_ns = 1000000000 / step_hz;
  uint64_t now_ns = board_get_elapsed_ns ();

  return now_ns - now_ns % period_ns - period_ns / 2;
}

bool
board_init (const struct options *options)
{
  board.start_ns = get_start_ns (options->step_hz);
  board.quirk = options->quirk;
  board.config = (sonde_agent_config){
    .device = options->name,
    .firmware = DEMO_VERSION,
    .clock_hz = 1000000,
    .block = 256,
    .batch = 64,
    .msg = BOARD_MSG,
    .regions = board.regions,
    .hooks = { .clock = get_ticks,
               .random = board_random,
               .mem_read = sonde_direct_read,
               .mem_write = sonde_direct_write },
  };
  dl_iterate_phdr (take_program, NULL);
  add_writable ();
  if (!sonde_agent_init (&board.agent, &board.config))
    return false;
  plant_init (options->seed, options->step_hz, board_log);
  board_log (SONDE_LOG_INFO, "board", "started, %u steps a second", options->step_hz);
  return true;
}

static bool
is_command (const char *text, size_t size, const char *name)
{
  const sonde_json whole = { SONDE_JSON_OBJECT, text, size };
  sonde_json_reader reader;
  sonde_json key, value;

  sonde_json_enter (&reader, &whole);
  while (sonde_json_next_member (&reader, &key, &value))
    if (sonde_json_equals (&key, "cmd"))
      return sonde_json_equals (&value, name);
  return false;
}

size_t
board_handle (const char *request, size_t size, char *answer, size_t cap)
{
  size_t answer_size;

  plant_run (board_get_elapsed_ns ());
  if (board.quirk == QUIRK_GATEWAY)
    return gateway_handle (&board.agent, request, size, answer, cap);
  if (board.quirk == QUIRK_SILENT_END && is_command (request, size, "end"))
    return 0;
  answer_size = sonde_agent_handle (&board.agent, request, size, answer, cap);
  if (answer_size == 0)
    board_log (SONDE_LOG_DEBUG, "agent", "ignored, no command: %.*s", size > 80 ? 80 : (int) size,
               request);
  if (!board.has_been_asked)
    board.has_been_asked = is_command (request, size, "init");
  return answer_size;
}

bool
board_has_been_asked (void)
{
  return board.has_been_asked;
}

void
board_on_connected (void)
{
  board.has_been_asked = false;
}

void
board_log (sonde_log_level level, const char *tag, const char *format, ...)
{
  unsigned at;
  char text[MAX_LINE];
  va_list arguments;

  if (board.quirk == QUIRK_GATEWAY)
    return;
  va_start (arguments, format);
  vsnprintf (text, sizeof text, format, arguments);
  va_end (arguments);
  if (board.n_lines == N_LINES)
    board_drop_log ();
  at = (board.first_line + board.n_lines++) % N_LINES;
  board.line_sizes[at]
      = sonde_agent_log (&board.agent, level, tag, text, board.lines[at], MAX_LINE);
}

const char *
board_peek_log (size_t *size)
{
  if (board.n_lines == 0)
    return NULL;
  *size = board.line_sizes[board.first_line];
  return board.lines[board.first_line];
}

void
board_drop_log (void)
{
  board.first_line = (board.first_line + 1) % N_LINES;
  board.n_lines--;
}
