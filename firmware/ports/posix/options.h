/* options.h: the command line of the demo board */
/* SPDX-License-Identifier: MIT */
#ifndef DEMO_OPTIONS_H
#define DEMO_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum quirk
{
  QUIRK_NONE,
  QUIRK_GATEWAY,    /* no extensions, 0b values, mute on what it does not know */
  QUIRK_UNMASKED,   /* unmasked frames, loses what follows the handshake, no pong */
  QUIRK_SLOW,       /* 200 ms an answer */
  QUIRK_SILENT_END, /* does not answer `end` */
};

struct options
{
  char host[256], port[8], path[512]; /* from --url */
  const char *name;
  const char *token; /* or NULL */
  uint64_t seed;
  uint32_t step_hz;
  uint32_t rate; /* bytes a second each way, 0 for no limit */
  enum quirk quirk;
  pid_t parent; /* 0: none */
};

/** options_parse: prints what is wrong or asked for. Returns: -1 to go on, else the exit code */
int options_parse (struct options *self, int argc, char **argv);

#endif
