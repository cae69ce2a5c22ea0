/* mode.c: the variable `mode`, whose RUN is not the RUN of `state` */
/* SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stddef.h>

enum mode
{
  STOP,
  RUN,
};

extern enum mode mode;
bool demo_mode_is_run (void);
void *demo_mode_get_place (size_t *size);

enum mode mode = RUN;

bool
demo_mode_is_run (void)
{
  return mode == RUN;
}

void *
demo_mode_get_place (size_t *size)
{
  *size = sizeof mode;
  return &mode;
}
