/* agent.h: answers the questions a Sonde host asks about this board's memory */
/* SPDX-License-Identifier: MIT */
#ifndef SONDE_AGENT_H
#define SONDE_AGENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a request ended; everything but OK is told to the host by its name. */
typedef enum
{
  SONDE_OK,
  SONDE_RANGE,  /* no region of the table holds these bytes */
  SONDE_ALIGN,  /* a register wants an address that is a multiple of the access width */
  SONDE_SIZE,   /* a size, count or sum this board does not take */
  SONDE_DENIED, /* the region is there, the access is not allowed */
  SONDE_FORMAT, /* the command was not understood */
  SONDE_BUSY,   /* not now; the host may ask again */
} sonde_status;

typedef enum
{
  SONDE_LOG_TRACE, /* an addition to the four levels hosts know; they show it as the finest */
  SONDE_LOG_DEBUG,
  SONDE_LOG_INFO,
  SONDE_LOG_WARN,
  SONDE_LOG_ERROR,
} sonde_log_level;

enum
{
  SONDE_READ = 1,
  SONDE_WRITE = 2,
};

/**
 * sonde_region: bytes the host may touch
 * @access: SONDE_READ, SONDE_WRITE or both
 * @widths: 0 for memory. For registers the permitted access widths in bytes, or-ed (1|2|4|8): each
 *   access is then exactly one of that width, aligned, never split or merged.
 *
 * Regions may overlap and may adjoin; a range is allowed when regions with that access cover it
 * without a hole. Put what is asked for most often first.
 */
typedef struct
{
  const volatile void *start;
  size_t size;
  uint8_t access;
  uint8_t widths;
} sonde_region;

/**
 * sonde_agent_hooks: what the agent needs from the board; all get @user
 * @clock: ticks of clock_hz; wraps at 32 bits. Required.
 * @random: fills @out; FALSE when there is no randomness. Required.
 * @mem_read, @mem_write: one access of @width 1, 2, 4 or 8 bytes, aligned, inside the table.
 *   sonde_direct_read() and sonde_direct_write() will do; a board that can fault there brings its
 *   own, which answer RANGE instead of faulting. Required.
 * @guard: (nullable) TRUE before and FALSE after a write of one unit and, where it is masked, its
 *   read: switch interrupts off and on, so that nobody changes the neighbouring bits between them.
 */
typedef struct
{
  void *user;
  uint32_t (*clock) (void *user);
  bool (*random) (void *user, uint8_t *out, size_t size);
  sonde_status (*mem_read) (void *user, uintptr_t address, void *out, size_t width);
  sonde_status (*mem_write) (void *user, uintptr_t address, const void *bytes, size_t width);
  void (*guard) (void *user, bool enter);
} sonde_agent_hooks;

/** sonde_direct_read, sonde_direct_write: plain volatile accesses; one of 8 bytes is two bus
 * accesses on a 32-bit core. */
sonde_status sonde_direct_read (void *unused, uintptr_t address, void *out, size_t width);
sonde_status sonde_direct_write (void *unused, uintptr_t address, const void *bytes, size_t width);

/** sonde_agent_config: must stay valid and unchanged while the agent is in use. */
typedef struct
{
  const char *device;   /* 1..64 of [A-Za-z0-9._-]; NULL: the host names the board by its address */
  const char *firmware; /* (nullable) version */
  const uint8_t *build_id; /* (nullable) bytes of the GNU build id */
  size_t build_id_size;
  uint32_t clock_hz;
  uint16_t block; /* most bytes of one read or write: 256 */
  uint16_t batch; /* most entries of a batch read: 64 */
  uint16_t msg;   /* most bytes of one message, either way: 4096; at least 512 */
  const sonde_region *regions;
  size_t n_regions;
  sonde_agent_hooks hooks;
} sonde_agent_config;

typedef struct
{
  const sonde_agent_config *config;
  uint32_t boot; /* random: tells the host that the board restarted */
} sonde_agent;

/** sonde_agent_init: FALSE when the random hook failed; the agent must not be used then. */
bool sonde_agent_init (sonde_agent *self, const sonde_agent_config *config);

/**
 * sonde_agent_handle:
 * @request: one whole message, not NUL-terminated, any bytes
 * @answer: room for the answer, config.msg bytes; must not overlap @request
 *
 * Keeps no state between calls.
 *
 * Returns: size of the answer, 0 when none is due (a text that is no command)
 */
size_t sonde_agent_handle (const sonde_agent *self, const char *request, size_t size, char *answer,
                           size_t cap);

/**
 * sonde_agent_log: writes one log line for the host
 *
 * @text is shortened where @cap is too small; what is not printable is escaped.
 *
 * Returns: size of the message, 0 when not even an empty one fits
 */
size_t sonde_agent_log (const sonde_agent *self, sonde_log_level level, const char *tag,
                        const char *text, char *out, size_t cap);

#endif
